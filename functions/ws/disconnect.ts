import type { ConnectionId, InputId } from "#core/lib/ids.ts";
import type { FunctionsContext } from "../context.ts";
import type { DisconnectEvent, SocketResult } from "./events.ts";

export type DisconnectContext = Pick<FunctionsContext, "log" | "connections" | "inputs">;

/** The close code of a client that means it. */
const normalClosure = 1000;

/** `$disconnect`: who can resume, and did not say goodbye, may come back. */
export async function handleDisconnect(ctx: DisconnectContext, event: DisconnectEvent): Promise<SocketResult> {
  const { connectionId, disconnectStatusCode } = event.requestContext;
  const connection = await ctx.connections.remove(connectionId as ConnectionId);
  if (connection) {
    const { id, characterId, worldId, protocol } = connection;
    const mayReturn = protocol === "v1" && disconnectStatusCode !== normalClosure;
    const inputId = `${id}:closed` as InputId;
    await ctx.inputs.append(worldId, { type: "disconnected", id: inputId, connectionId: id, characterId, mayReturn });
  }
  return { statusCode: 200 };
}
