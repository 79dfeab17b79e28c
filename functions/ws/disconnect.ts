import type { ConnectionId, InputId } from "#core/lib/ids.ts";
import type { FunctionsContext } from "../context.ts";
import type { DisconnectEvent, SocketResult } from "./events.ts";

export type DisconnectContext = Pick<FunctionsContext, "log" | "connections" | "inputs">;

/** The close code of a client that means it. */
const normalClosure = 1000;

/** `$disconnect`: who can resume, and did not say goodbye, may come back. */
export async function handleDisconnect(ctx: DisconnectContext, event: DisconnectEvent): Promise<SocketResult> {
  const { connectionId, disconnectStatusCode } = event.requestContext;
  const ended = await ctx.connections.end(connectionId as ConnectionId);
  if (ended) {
    const { connection, lastNumber } = ended;
    const { id, characterId, worldId, protocol } = connection;
    const mayReturn = protocol === "v1" && disconnectStatusCode !== normalClosure;
    const inputId = `${id}:closed` as InputId;
    const common = { id: inputId, connectionId: id, characterId, mayReturn };
    await ctx.inputs.append(worldId, { type: "disconnected", ...common, lastNumber });
  }
  return { statusCode: 200 };
}
