import { actId, type ActContext, actOnWorld, changerOf, type Wish } from "./act-on-world.ts";
import { ownWorld } from "./own-world.ts";
import { type ClockReading, readClock } from "./read-clock.ts";

/** Lets game time pass at once, in the large steps of a world that was not run for so long (catch-up.ts says how far those go). */
export async function simulateWorld(ctx: ActContext, wish: Wish & { readonly gameMs: number }): Promise<ClockReading> {
  const { principal, requestId, gameMs } = wish;
  const record = await ownWorld(ctx, wish);
  const id = actId("simulate", requestId);
  const { clock } = await actOnWorld(ctx, record, { type: "simulate", id, by: changerOf(principal), gameMs });
  return readClock(clock, ctx.clock.nowMs());
}
