import { checkSession } from "#core/account/check-session.ts";
import type { Principal } from "#core/account/model.ts";
import { redeemTicket } from "#core/account/redeem-ticket.ts";
import type { CharacterRecord } from "#core/character/model.ts";
import { AppError } from "#core/lib/errors.ts";
import { type CharacterId, type ConnectionId, type InputId, isUuid } from "#core/lib/ids.ts";
import type { Connection } from "#core/ports/connections.ts";
import { subprotocolV1 } from "#core/protocol/frames-out.ts";
import type { FunctionsContext } from "../context.ts";
import { statusOf } from "../http/errors.ts";
import {
  credentialOf,
  originOf,
  protocolOf,
  refuseForeignOrigin,
  refusePastRouter,
  type SocketConfig,
} from "./credentials.ts";
import { edgeFrame } from "./edge-frame.ts";
import type { ConnectEvent, SocketResult } from "./events.ts";

export type ConnectContext = Pick<
  FunctionsContext,
  "clock" | "entropy" | "log" | "auth" | "players" | "sessions" | "tickets" | "connections" | "clients" | "inputs"
>;

/** `$connect`: who comes is checked before the handshake is answered; the world greets afterwards. */
export async function handleConnect(
  ctx: ConnectContext,
  config: SocketConfig,
  event: ConnectEvent,
): Promise<SocketResult> {
  try {
    refusePastRouter(event, config);
    refuseForeignOrigin(event, config);
    const principal = await principalOf(ctx, config, event);
    const character = await characterOf(ctx, principal, event.queryStringParameters?.["character_id"]);
    const protocol = protocolOf(event);
    await enter(ctx, {
      id: event.requestContext.connectionId as ConnectionId,
      userId: principal.userId,
      username: principal.username,
      sessionId: principal.sessionId,
      protocol,
      characterId: character.id,
      characterName: character.name,
      worldId: character.worldId,
      travels: character.travels,
      connectedAtMs: ctx.clock.nowMs(),
    });
    return protocol === "v1"
      ? { statusCode: 200, headers: { "Sec-WebSocket-Protocol": subprotocolV1 } }
      : { statusCode: 200 };
  } catch (error) {
    return refusal(ctx, event, error);
  }
}

/** A ticket that is no good is not made good by a token beside it. */
function principalOf(ctx: ConnectContext, config: SocketConfig, event: ConnectEvent): Promise<Principal> {
  const credential = credentialOf(event, config);
  return credential.kind === "ticket"
    ? redeemTicket(ctx, { ticket: credential.ticket, origin: originOf(event) })
    : ctx.auth.validate(credential.token);
}

/** Without a character of one's own choice, the one of the lobby. Whether somebody else's exists is nobody's business. */
async function characterOf(
  ctx: ConnectContext,
  principal: Principal,
  id: string | undefined,
): Promise<CharacterRecord> {
  if (id === undefined || id === "") return ctx.players.lobby(principal);
  const characterId = id.toLowerCase();
  const refused = new AppError("FORBIDDEN", "That is not a character of yours.");
  if (!isUuid(characterId)) throw refused;
  return ctx.players.get({ principal, characterId: characterId as CharacterId }).catch((error: unknown) => {
    throw error instanceof AppError && ["NOT_FOUND", "FORBIDDEN"].includes(error.code) ? refused : error;
  });
}

async function enter(ctx: ConnectContext, connection: Connection): Promise<void> {
  const previous = await ctx.connections.add(connection);
  try {
    if (previous) await takeOver(ctx, previous);
    // A logout that ran between the check and the registration did not find this socket.
    await checkSession(ctx, connection);
    const { id: connectionId, userId, characterId, worldId, protocol, travels } = connection;
    const id = ctx.entropy.uuid() as InputId;
    const input = { type: "connected", id, connectionId, userId, characterId, protocol, travels } as const;
    await ctx.inputs.append(worldId, input);
  } catch (error) {
    await ctx.connections.remove(connection.id);
    throw error;
  }
}

async function takeOver(ctx: ConnectContext, previous: Connection): Promise<void> {
  const text = "You have connected from somewhere else. This connection ends here.";
  const data = {
    id: ctx.entropy.uuid(),
    type: "system",
    text,
    timestamp: new Date(ctx.clock.nowMs()).toISOString(),
    // Whoever comes back by himself after a break knows by this that he must not.
    metadata: { reason: "connected_elsewhere" },
  } as const;
  try {
    await ctx.clients.post(previous.id, edgeFrame(ctx, previous.protocol, { type: "game_message", data }));
    await ctx.clients.close(previous.id);
  } catch (error) {
    // It is registered no more: its next frame closes it.
    ctx.log.warn({ error, connectionId: previous.id }, "a connection that was taken over could not be told");
  }
}

function refusal(ctx: ConnectContext, event: ConnectEvent, error: unknown): SocketResult {
  const failure = error instanceof AppError ? error : new AppError("INTERNAL", "Something went wrong on our side.");
  const { requestId, connectionId } = event.requestContext;
  const statusCode = statusOf[failure.code];
  if (statusCode >= 500) ctx.log.error({ requestId, connectionId, code: failure.code, error }, "connect failed");
  else ctx.log.info({ requestId, connectionId, code: failure.code }, "connect refused");
  const { code, message } = failure;
  return {
    statusCode,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ error: { code, message, request_id: requestId } }),
  };
}
