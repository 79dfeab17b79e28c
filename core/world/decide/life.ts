import type { InputId } from "../../lib/ids.ts";
import type { InputOf, WorldInput } from "../../protocol/world-input.ts";
import type { Decision, Scene } from "../scene.ts";

/** The owner's own wish, when the world has failed by an input too often: to set it aside. */
export type Reject = {
  readonly type: "reject";
  readonly id: InputId;
  readonly input: WorldInput;
  readonly reason: string;
};

const nothing: Decision = { events: [], tell: () => [] };

export function close({ state }: Scene, { by }: InputOf<"delete">): Decision {
  return state.ending === undefined ? { events: [{ type: "closed", by }], tell: () => [] } : nothing;
}

/** Whoever is here is on his way out, and what he takes along has to arrive first. */
export function endWhenEmpty({ state }: Scene): Decision {
  const isOver = state.ending === "closed" && state.bodies.size === 0 && state.outbound.size === 0;
  return isOver ? { events: [{ type: "deleted" }], tell: () => [] } : nothing;
}

export function reject({ input, reason }: Reject): Decision {
  return { events: [{ type: "inputRejected", input, reason }], tell: () => [] };
}
