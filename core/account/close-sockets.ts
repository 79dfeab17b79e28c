import type { SessionId } from "../lib/ids.ts";
import type { Bus } from "../ports/bus.ts";
import type { Clients } from "../ports/clients.ts";
import type { Connections } from "../ports/connections.ts";
import type { Log } from "../ports/system.ts";
import { authRevoked } from "../protocol/subjects.ts";

type Ctx = { bus: Bus; connections: Connections; clients: Clients; log: Log };

/** From now on the sockets of a session that ends are closed. Returns how to stop that. */
export function closeSocketsOfRevoked(ctx: Ctx): () => void {
  return ctx.bus.subscribe(authRevoked, ({ sessionId }) => {
    closeSocketsOf(ctx, sessionId as SessionId).catch((error: unknown) =>
      ctx.log.error({ error, sessionId }, "the sockets of a session that ended are still open"),
    );
  });
}

async function closeSocketsOf(ctx: Ctx, sessionId: SessionId): Promise<void> {
  const connections = await ctx.connections.ofSession(sessionId);
  await Promise.all(connections.map(({ id }) => ctx.clients.close(id)));
}
