import type { SessionId } from "../lib/ids.ts";
import type { Clients } from "../ports/clients.ts";
import type { Connection, Connections } from "../ports/connections.ts";
import type { Limit, Limits } from "../ports/limits.ts";
import type { Sessions } from "../ports/sessions.ts";
import type { Clock, Log } from "../ports/system.ts";
import { isInForce } from "./check-session.ts";

type Ctx = {
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: Limits;
  readonly sessions: Pick<Sessions, "get">;
  readonly connections: Pick<Connections, "online">;
  readonly clients: Pick<Clients, "close">;
};

export const socketSweepMs = 60_000;
/** Looked at in one sweep; nobody registers more connections. */
const sweptMax = 50_000;
/** Sessions looked up, or sockets closed, at once. */
const underWayMax = 100;
/** Whoever comes first sweeps for everybody. A little sooner than it comes round, so that a sweeper that is alone never misses its turn. */
const turn: Limit = { name: "socket-sweep", burst: 1, perMs: 1 / (socketSweepMs * 0.9) };

/**
 * From now on, once a minute over all processes, the sockets of sessions that are over are closed: of those that expired, and of those whose
 * end was told in news that got lost. Returns how to stop, which waits for the sweep under way.
 */
export function sweepSockets(ctx: Ctx): AsyncDisposable {
  const stopping = new AbortController();
  const swept = sweepUntil(ctx, stopping.signal);
  return {
    [Symbol.asyncDispose]() {
      stopping.abort();
      return swept;
    },
  };
}

async function sweepUntil(ctx: Ctx, stopped: AbortSignal): Promise<void> {
  for (;;) {
    await ctx.clock.sleep(socketSweepMs, stopped);
    if (stopped.aborted) return;
    try {
      const { allowed } = await ctx.limits.take(turn, "all", ctx.clock.nowMs());
      if (allowed) await sweep(ctx, stopped);
    } catch (error) {
      ctx.log.warn({ error }, "sockets could not be swept; trying again");
    }
  }
}

/** Nothing is closed for a session that could not be looked up. */
async function sweep(ctx: Ctx, stopped: AbortSignal): Promise<void> {
  const bySession = Map.groupBy(await ctx.connections.online(sweptMax), ({ sessionId }) => sessionId);
  await inBatches([...bySession], stopped, async ([sessionId, connections]) => {
    const [{ userId }] = connections as [Connection];
    if (!(await isInForce(ctx, { sessionId, userId }))) await close(ctx, sessionId, connections);
  });
}

async function close(ctx: Ctx, sessionId: SessionId, connections: readonly Connection[]): Promise<void> {
  ctx.log.info({ sessionId, sockets: connections.length }, "closing the sockets of a session that is over");
  const closed = await Promise.allSettled(connections.map(({ id }) => ctx.clients.close(id)));
  for (const { reason } of closed.filter(({ status }) => status === "rejected") as PromiseRejectedResult[])
    ctx.log.warn(
      { error: reason as unknown, sessionId },
      "a socket could not be closed; trying again with the next sweep",
    );
}

async function inBatches<T>(all: readonly T[], stopped: AbortSignal, each: (one: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < all.length && !stopped.aborted; at += underWayMax)
    await Promise.all(all.slice(at, at + underWayMax).map(each));
}
