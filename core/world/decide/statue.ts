import { lobbyWorldId } from "../../lib/ids.ts";
import type { InputOf } from "../../protocol/world-input.ts";
import { featuresInSight } from "../describe.ts";
import { bare } from "../find.ts";
import type { Body } from "../model.ts";
import { type Act, type Decision, type Scene, type StatueWish, type Telling, telling } from "../scene.ts";

const statue = { sender_id: "statue", sender_name: "Statue" };
const nothing: Decision = { events: [], tell: () => [] };

export function isStatueNear(scene: Scene, actor: Body): boolean {
  return featuresInSight(scene, actor).some(({ kind }) => kind === "statue");
}

/** By "statue" or its whole name: a beginning of it may be a player's name. */
export function isStatueMeant(scene: Scene, actor: Body, target: string): boolean {
  return featuresInSight(scene, actor).some(
    ({ kind, name }) => kind === "statue" && [kind, bare(name)].includes(bare(target)),
  );
}

/** Nothing of it is in this world's log: the statue hears it after the turn, and the command is only then done. */
export function tellStatue(
  { actor, inputId }: Act,
  text: string,
  manner: Pick<StatueWish, "isReply" | "isOpening">,
): Decision {
  const metadata = {
    sender_id: actor.id,
    sender_name: actor.name,
    message: text,
    recipient_id: statue.sender_id,
    recipient: statue.sender_name,
  };
  return {
    events: [],
    tell: () => [telling(actor.id, "tell_self", `You tell the statue: "${text}"`, metadata)],
    statue: { inputId, characterId: actor.id, userId: actor.userId, name: actor.name, text, ...manner },
  };
}

/** Told again where it is delivered again: that it was heard is not known, and a question that is lost is worse than one that is heard twice. */
export function statueSpeaks(scene: Scene, input: InputOf<"statueSpoke">, isAgain: boolean): Decision {
  const body = scene.state.bodies.get(input.toCharacterId);
  if (!body) return nothing;
  return {
    events: isAgain ? [] : [{ type: "statueSpoke", characterId: body.id, isNear: isStatueNear(scene, body) }],
    tell: () => statueTellings(body, input),
  };
}

function statueTellings({ id, name }: Body, input: InputOf<"statueSpoke">): Telling[] {
  const { text, interviewId, isFirst, isCompleted } = input;
  const session = isFirst && interviewId !== undefined ? { session_id: interviewId } : {};
  const begun = isFirst && interviewId !== undefined;
  return [
    ...(begun ? [telling(id, "start_interview", "The statue turns its eyes on you.", session)] : []),
    telling(id, "tell", `The statue says:\n${text}`, {
      ...statue,
      message: text,
      recipient_id: id,
      recipient: name,
      ...session,
      ...(isCompleted && { completed: true }),
    }),
  ];
}

/** Everyone in the room sees that there is another world; its maker finds an arch that leads there. */
export function announceWorld(scene: Scene, { userId, world }: InputOf<"worldMade">): Decision {
  if (scene.place.id !== lobbyWorldId) return nothing;
  return {
    events: [{ type: "worldMade", userId, world }],
    tell: (after) =>
      [...after.state.bodies.values()].map((body) =>
        telling(
          body.id,
          "system",
          body.userId === userId
            ? `A dark arch of this room lights up: it opens on ${world.name}.`
            : `The air shivers. Somewhere a world begins to turn: ${world.name}. \`enter ${world.name}\` leads there.`,
          { world_id: world.worldId },
        ),
      ),
  };
}
