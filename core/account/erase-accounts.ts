import type { CharacterRecord } from "../character/model.ts";
import type { ConnectionId, InputId, UserId } from "../lib/ids.ts";
import type { Accounts, PersonalData } from "../ports/accounts.ts";
import type { Bus } from "../ports/bus.ts";
import type { Characters } from "../ports/characters.ts";
import type { Connections } from "../ports/connections.ts";
import type { InputStreams } from "../ports/input-streams.ts";
import type { KnownAddresses } from "../ports/limits.ts";
import type { Sessions } from "../ports/sessions.ts";
import type { Clock, Entropy, Log } from "../ports/system.ts";
import type { AuditEvent } from "./audit.ts";
import { revokeSessions } from "./end-sessions.ts";
import { newLetter } from "./letter.ts";

export type ErasureContext = {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly characters: Characters;
  readonly connections: Pick<Connections, "ofCharacters">;
  readonly inputs: Pick<InputStreams, "append">;
  readonly knownAddresses: KnownAddresses;
  readonly personalData: PersonalData;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly accountPolicy: { readonly sendsMail: boolean };
};

export const erasuresPerRoundMax = 10;

/**
 * Takes away what is left of accounts whose deletion has begun; answers whether there may be more. Every step may be done again, by anybody: the
 * intention goes with the last one, in one step with everything in the database. One that fails is left for the next round.
 */
export async function eraseAccounts(ctx: ErasureContext): Promise<boolean> {
  const begun = await ctx.accounts.deletionsBegun(erasuresPerRoundMax);
  let failures = 0;
  for (const { id, email } of begun) {
    try {
      await erase(ctx, id, email);
    } catch (error) {
      failures += 1;
      ctx.log.warn({ userId: id, error }, "an account could not be erased; trying again");
    }
  }
  return failures === 0 && begun.length === erasuresPerRoundMax;
}

async function erase(ctx: ErasureContext, id: UserId, email: string): Promise<void> {
  // A login that was under way when it began may have opened one since.
  await revokeSessions(ctx, id);
  await leaveWorlds(ctx, await ctx.characters.ofUser(id));
  await ctx.knownAddresses.forget(email);
  const event: AuditEvent = {
    type: "account-deleted",
    atMs: ctx.clock.nowMs(),
    userId: id,
    sessionId: null,
    address: null,
  };
  const letter = ctx.accountPolicy.sendsMail
    ? newLetter(ctx, { kind: "account-deleted", to: email, userId: null })
    : null;
  if (await ctx.personalData.erase(id, { event, letter })) ctx.log.info({ userId: id }, "an account was erased");
}

/**
 * As if the player had said goodbye. Where the world has heard of another socket meanwhile it ignores this one; that one is closed, because its
 * session is over, and says goodbye itself, at the latest when a broken link is given up.
 */
async function leaveWorlds(ctx: ErasureContext, characters: readonly CharacterRecord[]): Promise<void> {
  if (characters.length === 0) return;
  const connections = await ctx.connections.ofCharacters(characters.map(({ id }) => id));
  const byCharacter = new Map(connections.map((connection) => [connection.characterId, connection]));
  for (const { id: characterId, worldId, lastPlayedAtMs } of characters) {
    const connection = byCharacter.get(characterId);
    if (connection === undefined && lastPlayedAtMs === null) continue;
    const connectionId = connection?.id ?? (`erased:${characterId}` as ConnectionId);
    const id = `${connectionId}:erased` as InputId;
    const input = { type: "disconnected", id, connectionId, characterId, mayReturn: false } as const;
    await ctx.inputs.append(connection?.worldId ?? worldId, input);
  }
}
