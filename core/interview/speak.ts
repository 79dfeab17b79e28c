import type { CharacterId, InputId, UserId, WorldId } from "../lib/ids.ts";
import type { Accounts } from "../ports/accounts.ts";
import type { Connections } from "../ports/connections.ts";
import type { InputStreams } from "../ports/input-streams.ts";
import type { InterviewId } from "./model.ts";

export type SpeakContext = {
  readonly accounts: Pick<Accounts, "byId">;
  readonly connections: Pick<Connections, "byName">;
  readonly inputs: Pick<InputStreams, "append">;
};

export type Speech = {
  /** The same again is heard once. */
  readonly id: string;
  readonly text: string;
  /** null where there is no interview to speak of. */
  readonly interviewId: InterviewId | null;
  /** It opens a conversation, begun or resumed. */
  readonly isFirst: boolean;
  /** Nothing more is asked. */
  readonly isCompleted: boolean;
};

/** Of an interview whose world is there, whoever says it. */
export const doneId = (id: InterviewId): string => `done:${id}`;

/** Sockets of one player that are told. */
const socketsMax = 8;

type Whereabouts = { readonly worldId: WorldId; readonly characterId: CharacterId };

/**
 * Lets a player hear the statue wherever he is connected, through the streams of the worlds that he is in: in order with all else that he is
 * told there, and once. `from` is where he spoke, for one whose socket is gone for a moment. Resolves when the streams have it.
 */
export async function speak(ctx: SpeakContext, userId: UserId, speech: Speech, from?: Whereabouts): Promise<void> {
  const account = await ctx.accounts.byId(userId);
  const online = account === null ? [] : await ctx.connections.byName(account.username);
  const own: Whereabouts[] = online.filter((connection) => connection.userId === userId).slice(0, socketsMax);
  const places = own.length === 0 && from !== undefined ? [from] : own;
  const { id, text, interviewId, isFirst, isCompleted } = speech;
  for (const { worldId, characterId } of places)
    await ctx.inputs.append(worldId, {
      type: "statueSpoke",
      id: `statue:${id}:${characterId}` as InputId,
      toCharacterId: characterId,
      text,
      ...(interviewId !== null && { interviewId }),
      isFirst,
      isCompleted,
    });
}
