import type { APIGatewayProxyResultV2, APIGatewayProxyStructuredResultV2, Context as LambdaContext } from "aws-lambda";
import type { Clock, Log } from "#core/ports/system.ts";
import type { ConnectEvent, WebSocketHandlers } from "./handlers.ts";
import { invoke } from "./invoke.ts";
import type { GatewayLimits } from "./limits.ts";
import { disconnectEvent, messageEvent } from "./websocket-event.ts";
import type { ConnectionFacts } from "./websocket-event.ts";

export type InvocationContext = {
  readonly handlers: WebSocketHandlers;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: GatewayLimits;
  readonly messageDelayMs: () => number;
};

/** The close code and its words, as $disconnect is told. */
export type Ending = { readonly code: number; readonly reason: string };

export async function invokeConnect(
  ctx: InvocationContext,
  event: ConnectEvent,
): Promise<APIGatewayProxyStructuredResultV2 & { statusCode: number }> {
  return run(ctx, "$connect", ctx.handlers.connect, event);
}

/** null, or what the client is told where the handler did not succeed: the socket stays open. */
export async function invokeDefault(
  ctx: InvocationContext,
  facts: ConnectionFacts,
  message: Buffer,
  isBinary: boolean,
): Promise<string | null> {
  const event = messageEvent(facts, message, isBinary, ctx.clock.nowMs());
  const delayMs = ctx.messageDelayMs();
  if (delayMs > 0) await ctx.clock.sleep(delayMs);
  const { statusCode } = await run(ctx, "$default", ctx.handlers.default, event);
  if (isSuccess(statusCode)) return null;
  const { connectionId, requestId } = event.requestContext;
  return JSON.stringify({ message: "Internal server error", connectionId, requestId });
}

export async function invokeDisconnect(ctx: InvocationContext, facts: ConnectionFacts, ending: Ending): Promise<void> {
  await run(ctx, "$disconnect", ctx.handlers.disconnect, disconnectEvent(facts, ending, ctx.clock.nowMs()));
}

export function isSuccess(statusCode: number): boolean {
  return statusCode >= 200 && statusCode < 300;
}

/** Never rejects: a handler that throws, is late, or answers without a status has failed with 5xx. */
async function run<Event extends ConnectEvent | Parameters<WebSocketHandlers["default" | "disconnect"]>[0]>(
  { clock, log, limits }: InvocationContext,
  routeKey: string,
  handler: (event: Event, context: LambdaContext) => Promise<APIGatewayProxyResultV2>,
  event: Event,
): Promise<APIGatewayProxyStructuredResultV2 & { statusCode: number }> {
  const { requestId, connectionId } = event.requestContext;
  const fields = { requestId, connectionId, routeKey };
  const outcome = await invoke(handler, event, {
    clock,
    functionName: `ws-${routeKey.slice(1)}`,
    requestId,
    integrationMsMax: limits.integrationMsMax,
  });
  if (outcome.kind === "timed-out") {
    log.warn(fields, "socket handler took too long");
    return { statusCode: 504 };
  }
  if (outcome.kind === "failed") {
    log.error({ ...fields, err: outcome.error }, "socket handler failed");
    return { statusCode: 500 };
  }
  const result: unknown = outcome.result;
  if (isAnswer(result)) return result;
  log.error(fields, "socket handler answered without a status");
  return { statusCode: 502 };
}

function isAnswer(result: unknown): result is APIGatewayProxyStructuredResultV2 & { statusCode: number } {
  if (typeof result !== "object" || result === null || !("statusCode" in result)) return false;
  const { statusCode } = result;
  return typeof statusCode === "number" && Number.isInteger(statusCode) && statusCode >= 200 && statusCode <= 599;
}
