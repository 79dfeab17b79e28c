import type { Principal } from "../account/model.ts";
import { AppError } from "../lib/errors.ts";
import type { InputId, WorldId } from "../lib/ids.ts";
import type { Bus } from "../ports/bus.ts";
import type { Clock } from "../ports/system.ts";
import type { Worlds } from "../ports/worlds.ts";
import type { ClockChanger, WorldInput } from "../protocol/world-input.ts";
import { worldAct } from "../protocol/world-subjects.ts";
import { askOwner } from "./ask-owner.ts";
import type { WorldClock } from "./clock.ts";
import { onwardId } from "./input-id.ts";
import type { WorldRecord } from "./spec.ts";

export type ActContext = { readonly worlds: Worlds; readonly bus: Bus; readonly clock: Clock };

export type Wish = { readonly principal: Principal; readonly requestId: string; readonly worldId: WorldId };

/** To wake a world, read a long log, and act. */
export const actTimeoutMs = 8_000;

/** Stands for whoever runs this backend: `npm run admin` speaks in its name. */
export const operator: Principal = {
  userId: "00000000-0000-0000-0000-000000000000" as Principal["userId"],
  sessionId: "00000000-0000-0000-0000-000000000000" as Principal["sessionId"],
  username: "operator",
  role: "admin",
};

export function changerOf({ userId }: Principal): ClockChanger {
  return userId === operator.userId ? { userId, isSystem: true } : { userId };
}

export const actId = (what: string, requestId: string): InputId => `${what}:${requestId}` as InputId;

/**
 * Has the world's owner do it: resolves once it is committed. Whoever asks again in doubt uses the same request: it is done once. Each attempt
 * has a name of its own, which the stream has not seen, for the same input, which the world then knows.
 */
export async function actOnWorld(
  ctx: ActContext,
  { id, fault }: WorldRecord,
  input: WorldInput,
): Promise<{ readonly version: number; readonly clock: WorldClock }> {
  if (fault?.isQuarantined === true)
    throw new AppError("UNAVAILABLE", "This world has been stopped because of a fault. It can be resumed.");
  return askOwner(ctx, id, worldAct(id), {
    input: (attempt) => ({ input: { ...input, id: nameOf(input.id, attempt) } }),
    timeoutMs: actTimeoutMs,
  });
}

function nameOf(id: InputId, attempt: number): InputId {
  let name: InputId = id;
  for (let i = 0; i < attempt; i++) name = onwardId(name) ?? name;
  return name;
}
