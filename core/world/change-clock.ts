import type { ClockChange } from "../protocol/world-input.ts";
import { actId, type ActContext, actOnWorld, changerOf, type Wish } from "./act-on-world.ts";
import { ownWorld } from "./own-world.ts";
import { type ClockReading, readClock } from "./read-clock.ts";

/** Stops a world's time, lets it go on, or sets its pace. To resume a quarantined world gives it another chance. */
export async function changeClock(
  ctx: ActContext,
  wish: Wish & { readonly change: ClockChange },
): Promise<ClockReading> {
  const { principal, requestId, change } = wish;
  const record = await ownWorld(ctx, wish);
  const { fault: _fault, ...well } = record;
  const isPardoned = change.kind === "resume" && record.fault !== undefined;
  if (isPardoned) await ctx.worlds.setFault(record.id, null);
  const { clock } = await actOnWorld(ctx, isPardoned ? well : record, {
    type: "setClock",
    id: actId(change.kind, requestId),
    by: changerOf(principal),
    change,
  });
  return readClock(clock, ctx.clock.nowMs());
}
