import { AppError } from "../lib/errors.ts";
import type { EventFeed, FeedEvent } from "../ports/feed.ts";
import type { Clock, Log } from "../ports/system.ts";

type Ctx = { feed: EventFeed; clock: Clock; log: Log };

export type FollowOptions = {
  /** The position after which to begin; 0 for everything. */
  readonly after: number;
  /** Called with what comes, in order, one call at a time; the position moves on when it resolves. Its failure ends the following. */
  readonly handle: (events: readonly FeedEvent[]) => Promise<void>;
  readonly signal: AbortSignal;
};

export const eventsPerReadMax = 500;
/** Between two looks at a feed that had nothing new. */
export const lookAgainMs = 250;
export const retryMaxMs = 10_000;

/**
 * Hands on every event after a position, from long ago up to now and then as they come, until the signal aborts. A store that cannot be
 * reached is waited for.
 */
export async function follow(ctx: Ctx, { after, handle, signal }: FollowOptions): Promise<void> {
  let position = after;
  let failures = 0;
  while (!signal.aborted) {
    const events = await read(ctx, position);
    if (signal.aborted) return;
    failures = events === null ? failures + 1 : 0;
    if (events === null) await ctx.clock.sleep(Math.min(retryMaxMs, lookAgainMs * 2 ** (failures - 1)), signal);
    else if (events.length === 0) await ctx.clock.sleep(lookAgainMs, signal);
    else {
      await handle(events);
      position = events.at(-1)?.position ?? position;
    }
  }
}

async function read({ feed, log }: Ctx, position: number): Promise<FeedEvent[] | null> {
  try {
    return await feed.read(position, eventsPerReadMax);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.warn({ error, position }, "the event feed cannot be read");
    return null;
  }
}
