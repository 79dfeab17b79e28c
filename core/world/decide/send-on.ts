import type { InputId, WorldId } from "../../lib/ids.ts";
import type { InputOf } from "../../protocol/world-input.ts";
import type { TurnInput } from "../advance.ts";
import type { Facts, Onward } from "../facts.ts";
import { beforeAgain, onwardId } from "../input-id.ts";
import type { Decision, Scene } from "../scene.ts";
import { comeAlone, leave } from "./presence.ts";

type Followed = InputOf<"command"> | InputOf<"hear">;
type Input = TurnInput["input"];

const nothing: Decision = { events: [], tell: () => [] };

/**
 * What is for someone who has gone elsewhere follows him, as a message of this world: with the same event this world has done with it,
 * and sends it until the other one says that it has it. So one world at a time answers for it, and one of them applies it. null for what
 * is to be done here.
 */
export function wayOn({ place, state }: Scene, input: Input, to: Onward | undefined): Decision | null {
  if (input.type !== "command" && input.type !== "hear") return null;
  const id = onwardId(input.id);
  // Delivered again. It is among the messages of this world, or the other one has it.
  if (id !== null && state.applied.has(id)) return nothing;
  if (!to || state.bodies.has(input.type === "hear" ? input.toCharacterId : input.characterId)) return null;
  if (id === null) return nothing;
  const message = { toWorldId: to.worldId, input: { ...addressed(input, to), id, fromWorldId: place.id } };
  return { events: [{ type: "messageSent", messageId: id, message }], tell: () => [] };
}

function addressed(input: Followed, { characterId }: Onward): Followed {
  if (input.type === "hear") return { ...input, toCharacterId: characterId };
  // It has waited for those without a number.
  const { settleMs: _, ...rest } = input;
  return { ...rest, characterId };
}

/** The message of another world that this input is, if it is one: that world is told when it has been taken in. */
export function messageOf(input: Input): { readonly worldId: WorldId; readonly messageId: InputId }[] {
  if (!("fromWorldId" in input) || input.fromWorldId === undefined) return [];
  return [{ worldId: input.fromWorldId, messageId: beforeAgain(input.id) }];
}

/**
 * A command was taken of someone whose socket is gone and who sleeps here: he comes for it, and leaves again. null for everything else: the
 * facts have his row only then.
 */
export function visitAlone(
  scene: Scene,
  input: Input,
  { character }: Facts,
): { readonly before: Decision; readonly after: (then: Scene) => Decision } | null {
  if (input.type !== "command" || !character || scene.state.bodies.has(input.characterId)) return null;
  return {
    before: comeAlone(scene, character),
    after(then) {
      const body = then.state.bodies.get(character.id);
      return body ? leave(then, body, "quit") : nothing;
    },
  };
}
