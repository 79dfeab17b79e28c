import { AppError } from "../lib/errors.ts";
import type { WorldId } from "../lib/ids.ts";
import type { Bus } from "../ports/bus.ts";
import type { Clock } from "../ports/system.ts";
import type { Rpc } from "../protocol/subjects.ts";
import { worldWanted } from "../protocol/world-subjects.ts";

type Ctx = { readonly bus: Bus; readonly clock: Clock };

/** One attempt; an owner that died with the request in its hands does not use up the whole time. */
const attemptMsMax = 3_000;
const retryMsMin = 20;
const retryMsMax = 250;

/**
 * A request to the owner of a world, whoever that is, and if there is none just now, to the next: one that is asleep is woken, one between
 * owners is waited for. `input` is made for each attempt, from 0. Throws what the owner does, or UNAVAILABLE or TIMEOUT past the deadline.
 */
export async function askOwner<Input, Output>(
  ctx: Ctx,
  worldId: WorldId,
  rpc: Rpc<Input, Output>,
  { input, timeoutMs }: { readonly input: (attempt: number) => Input; readonly timeoutMs: number },
): Promise<Output> {
  const untilMs = ctx.clock.monotonicMs() + timeoutMs;
  for (let attempt = 0; ; attempt++) {
    const leftMs = untilMs - ctx.clock.monotonicMs();
    try {
      return await ctx.bus.request(rpc, input(attempt), { timeoutMs: Math.min(leftMs, attemptMsMax) });
    } catch (error) {
      const delayMs = Math.min(retryMsMax, retryMsMin * 2 ** attempt);
      if (!isPassing(error) || ctx.clock.monotonicMs() + delayMs >= untilMs) throw error;
      ctx.bus.publish(worldWanted, { worldId });
      await ctx.clock.sleep(delayMs);
    }
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof AppError && (error.code === "UNAVAILABLE" || error.code === "TIMEOUT");
}
