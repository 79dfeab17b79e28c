import { isInForce } from "#core/account/check-session.ts";
import { sessionOver } from "#core/account/check-token.ts";
import { textOf } from "#core/command/parse.ts";
import { AppError } from "#core/lib/errors.ts";
import type { ConnectionId, InputId } from "#core/lib/ids.ts";
import type { Connection, Sessions } from "#core/ports.ts";
import { commandTextBytesMax, frameIn, frameInBytesMax, type FrameIn } from "#core/protocol/frames-in.ts";
import type { WorldInput } from "#core/protocol/world-input.ts";
import { commandInputId } from "#core/world/input-id.ts";
import type { FunctionsContext } from "../context.ts";
import type { SocketConfig } from "./credentials.ts";
import { edgeFrame } from "./edge-frame.ts";
import type { MessageEvent, SocketResult } from "./events.ts";

export type MessageContext = Pick<
  FunctionsContext,
  "clock" | "entropy" | "log" | "connections" | "clients" | "inputs"
> & { readonly sessions: Pick<Sessions, "get"> };

/** How old the knowledge may be that the session of a socket which sends frames is still in force. */
export const sessionCheckMs = 60_000;

const done: SocketResult = { statusCode: 200 };

/** `$default`: one frame of a client. Answers when the world's stream has it; it never waits for the world. */
export async function handleMessage(
  ctx: MessageContext,
  config: SocketConfig,
  event: MessageEvent,
): Promise<SocketResult> {
  const id = event.requestContext.connectionId as ConnectionId;
  const frame = parse(event);
  try {
    return await take(ctx, config, id, frame);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    ctx.log.warn({ error, connectionId: id }, "a frame could not be taken");
    return refuse(ctx, id, new AppError(error.code, error.message), commandIdOf(frame));
  }
}

async function take(
  ctx: MessageContext,
  config: SocketConfig,
  id: ConnectionId,
  frame: FrameIn | AppError,
): Promise<SocketResult> {
  const isNumbered = !(frame instanceof AppError) && frame.type !== "ping";
  const admitted = await ctx.connections.admit(id, {
    limit: config.commandsPerConnection,
    nowMs: ctx.clock.nowMs(),
    numbered: isNumbered,
    checkEveryMs: sessionCheckMs,
  });
  if (admitted === null) {
    await ctx.clients.close(id);
    return done;
  }
  if (admitted === "limited") {
    const limited = new AppError("RATE_LIMITED", "Too many commands at once. Take a breath.");
    return refuse(ctx, id, limited, commandIdOf(frame));
  }
  if (admitted.isCheckDue && !(await isInForce(ctx, admitted.connection))) {
    ctx.log.info({ connectionId: id }, "a frame of a session that is over");
    await refuse(ctx, id, sessionOver(), commandIdOf(frame));
    await ctx.clients.close(id);
    return done;
  }
  if (frame instanceof AppError) return refuse(ctx, id, frame);
  if (frame.type === "ping") {
    await ctx.clients.post(id, edgeFrame(ctx, admitted.connection.protocol, { type: "pong" }));
    return done;
  }
  await ctx.inputs.append(admitted.connection.worldId, inputOf(ctx, frame, admitted.connection, admitted.number));
  return done;
}

function parse({ body = "", isBase64Encoded }: MessageEvent): FrameIn | AppError {
  if (isBase64Encoded === true)
    return new AppError("INVALID_INPUT", "Send text frames with JSON; this one was binary.");
  if (Buffer.byteLength(body) > frameInBytesMax) {
    return new AppError("PAYLOAD_TOO_LARGE", `A frame has at most ${frameInBytesMax} bytes.`);
  }
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return new AppError("INVALID_INPUT", "This frame is not JSON.");
  }
  const parsed = frameIn.safeParse(json);
  if (!parsed.success) {
    return new AppError(
      "INVALID_INPUT",
      'Send {"type":"command","data":{"text":"look"}}, {"type":"ping"} or {"type":"resume","data":{"after":0}}.',
    );
  }
  const { data } = parsed;
  if (data.type === "command" && Buffer.byteLength(textOf(data.data)) > commandTextBytesMax) {
    return new AppError("INVALID_INPUT", `A command has at most ${commandTextBytesMax} bytes.`);
  }
  return data;
}

function inputOf(
  ctx: MessageContext,
  frame: Exclude<FrameIn, { type: "ping" }>,
  connection: Connection,
  number: number,
): WorldInput {
  const common = { connectionId: connection.id, characterId: connection.characterId, number };
  if (frame.type === "resume") {
    return { ...common, type: "resume", id: ctx.entropy.uuid() as InputId, after: frame.data.after };
  }
  const text = textOf(frame.data);
  const commandId = frame.data.id;
  // Only `thousand-worlds.v1` promises that its ids never name two commands.
  if (connection.protocol === "legacy" || commandId === undefined) {
    return { ...common, type: "command", id: ctx.entropy.uuid() as InputId, text };
  }
  return { ...common, type: "command", id: commandInputId(connection.characterId, commandId), text, commandId };
}

function commandIdOf(frame: FrameIn | AppError): string | undefined {
  return !(frame instanceof AppError) && frame.type === "command" ? frame.data.id : undefined;
}

async function refuse(
  ctx: MessageContext,
  id: ConnectionId,
  error: AppError,
  commandId?: string,
): Promise<SocketResult> {
  // Where nobody can say which protocol it speaks, it is spoken to in the older one.
  const connection = await ctx.connections.get(id).catch(() => null);
  const data = { code: error.code, message: error.message, ...(commandId === undefined ? {} : { id: commandId }) };
  await ctx.clients.post(id, edgeFrame(ctx, connection?.protocol ?? "legacy", { type: "error", data }));
  return done;
}
