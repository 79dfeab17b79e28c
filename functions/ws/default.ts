import { isInForce } from "#core/account/check-session.ts";
import { sessionOver } from "#core/account/check-token.ts";
import { textOf } from "#core/command/parse.ts";
import { AppError } from "#core/lib/errors.ts";
import type { ConnectionId, InputId } from "#core/lib/ids.ts";
import type { Admitted, Connection } from "#core/ports/connections.ts";
import type { Sessions } from "#core/ports/sessions.ts";
import { commandTextBytesMax, frameIn, frameInBytesMax, type FrameIn } from "#core/protocol/frames-in.ts";
import type { InputOf, WorldInput } from "#core/protocol/world-input.ts";
import { commandInputId } from "#core/world/input-id.ts";
import type { FunctionsContext } from "../context.ts";
import type { SocketConfig } from "./credentials.ts";
import { edgeFrame } from "./edge-frame.ts";
import type { MessageEvent, SocketResult } from "./events.ts";

export type MessageContext = Pick<
  FunctionsContext,
  "clock" | "entropy" | "log" | "connections" | "clients" | "inputs" | "tracing"
> & { readonly sessions: Pick<Sessions, "get"> };

/** How old the knowledge may be that the session of a socket which sends frames is still in force. */
export const sessionCheckMs = 60_000;

/** Who counts for himself is waited for as long as a function may take that has to be started first. */
export const countedPatienceMs = 1000;

const done: SocketResult = { statusCode: 200 };

/** `$default`: one frame of a client. Answers when the world's stream has it; it never waits for the world. */
export async function handleMessage(
  ctx: MessageContext,
  config: SocketConfig,
  event: MessageEvent,
): Promise<SocketResult> {
  const work = () => handle(ctx, config, event);
  return ctx.tracing ? ctx.tracing.span("socket message", { kind: "server", isRoot: true }, work) : work();
}

async function handle(ctx: MessageContext, config: SocketConfig, event: MessageEvent): Promise<SocketResult> {
  const id = event.requestContext.connectionId as ConnectionId;
  const frame = parse(event);
  try {
    return await take(ctx, config, event, frame);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    ctx.log.warn({ error, connectionId: id }, "a frame could not be taken");
    return refuse(ctx, id, new AppError(error.code, error.message), commandIdOf(frame));
  }
}

async function take(
  ctx: MessageContext,
  config: SocketConfig,
  { requestContext }: MessageEvent,
  frame: FrameIn | AppError,
): Promise<SocketResult> {
  const id = requestContext.connectionId as ConnectionId;
  const isNumbered = !(frame instanceof AppError) && frame.type !== "ping";
  const ownNumber = isNumbered ? frame.data.n : undefined;
  const admitted = await ctx.connections.admit(id, {
    limit: config.commandsPerConnection,
    nowMs: ctx.clock.nowMs(),
    numbered: isNumbered,
    ...(ownNumber !== undefined && { ownNumber }),
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
  const order = orderOf(ctx, config, requestContext, { number: admitted.number, isCounted: ownNumber !== undefined });
  await ctx.inputs.append(admitted.connection.worldId, inputOf(ctx, frame, admitted.connection, order));
  return done;
}

type InOrder = Pick<InputOf<"command">, "number" | "sentAtMs" | "settleMs" | "patienceMs">;

/**
 * Behind a gateway that starts an invocation for each frame at once, those of one connection overtake each other before they are numbered.
 * Where the client does not count, the moment the gateway had the frame tells; what may come late is waited for from that moment on.
 */
function orderOf(
  { clock }: MessageContext,
  { commandSettleMs }: SocketConfig,
  { requestTimeEpoch: sentAtMs }: MessageEvent["requestContext"],
  { number, isCounted }: Pick<Admitted, "number"> & { readonly isCounted: boolean },
): InOrder {
  if (isCounted) return { number, patienceMs: countedPatienceMs };
  if (commandSettleMs === 0 || sentAtMs === undefined) return { number };
  const waitedMs = Math.max(0, clock.nowMs() - sentAtMs);
  return { number, sentAtMs, settleMs: Math.max(0, commandSettleMs - waitedMs) };
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
  order: InOrder,
): WorldInput {
  const common = { connectionId: connection.id, characterId: connection.characterId, ...order };
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
