import type { Principal } from "../account/model.ts";
import { AppError } from "../lib/errors.ts";
import type { WorldId } from "../lib/ids.ts";
import type { Clock } from "../ports/system.ts";
import type { Worlds } from "../ports/worlds.ts";
import { specProblems } from "../sim/planet/spec.ts";
import { firstClockOf } from "./first-clock.ts";
import type { WorldEvent } from "./model.ts";
import type { WorldRecord, WorldSpec } from "./spec.ts";
import { toStored } from "./stored.ts";
import { checkWorldName } from "./world-name.ts";

type Ctx = { readonly worlds: Worlds; readonly clock: Clock };

export type CreateWorld = {
  readonly principal: Principal;
  readonly requestId: string;
  readonly name: string;
  readonly spec: WorldSpec;
};

/**
 * Makes a world that runs from now on, and sleeps until somebody comes; with a planet it is "generating" until that is made. The request names it, so that the same request again is answered
 * with the same world. Throws INVALID_INPUT, WORLD_NAME_TAKEN, or CONFLICT where the id is somebody else's.
 */
export async function createWorld(ctx: Ctx, { principal, requestId, name, spec }: CreateWorld): Promise<WorldRecord> {
  checkGenerator(spec);
  const nowMs = ctx.clock.nowMs();
  const world: WorldRecord = {
    id: requestId as WorldId,
    name: checkWorldName(name),
    ownerId: principal.userId,
    // Whoever owns it makes its planet first (open-world.ts).
    status: spec.ground === "planet" ? "generating" : "active",
    spec,
    createdAtMs: nowMs,
  };
  const outcome = await ctx.worlds.create(world, firstEvents(world, nowMs));
  if (outcome === "created") return world;
  if (outcome === "name-taken")
    throw new AppError("WORLD_NAME_TAKEN", `There is a world called ${world.name} already.`);
  const before = await ctx.worlds.get(world.id);
  if (before?.ownerId === principal.userId && before.name === world.name) return before;
  throw new AppError("CONFLICT", "This request was used for something else before.");
}

function checkGenerator({ generator }: WorldSpec): void {
  const problems = generator === undefined ? [] : specProblems(generator.planet);
  if (problems.length === 0) return;
  const details = problems.map((message) => ({ path: "spec.generator.planet", message }));
  throw new AppError("INVALID_INPUT", "No planet can be made from this.", { details });
}

function firstEvents({ name, ownerId, spec }: WorldRecord, nowMs: number) {
  const clock = firstClockOf(spec, nowMs);
  const events: WorldEvent[] = [
    { type: "created", name, ownerId },
    { type: "began", clock },
  ];
  return events.map((event) => toStored({ event, metadata: { atMs: nowMs } }));
}
