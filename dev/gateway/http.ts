import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock, Log } from "#core/ports/system.ts";
import { awsId } from "./aws-id.ts";
import type { HttpHandler } from "./handlers.ts";
import { httpEvent } from "./http-event.ts";
import { gatewayAnswer, httpAnswer } from "./http-result.ts";
import type { HttpAnswer } from "./http-result.ts";
import { invoke } from "./invoke.ts";
import type { GatewayLimits } from "./limits.ts";
import { readBody } from "./read-body.ts";
import { requestFacts } from "./request-facts.ts";

/** A static site in front of the functions; null for what is theirs. Never throws. */
export type Site = (request: IncomingMessage) => HttpAnswer | null;

type Context = {
  readonly site: Site;
  readonly handler: HttpHandler;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: GatewayLimits;
};

export type HttpFront = {
  /** Never throws, never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Requests under way. */
  readonly underWay: ReadonlySet<Promise<void>>;
};

/** What an HTTP API does in front of one Lambda function. */
export function httpFront(ctx: Context): HttpFront {
  const underWay = new Set<Promise<void>>();
  return {
    underWay,
    handle(request, response) {
      const requestId = awsId();
      const page = ctx.site(request);
      if (page !== null) return send(response, page, requestId);
      if (underWay.size >= ctx.limits.requestsMax) {
        send(response, gatewayAnswer(503, "Service Unavailable"), requestId);
        return;
      }
      const work = serve(ctx, request, response, requestId)
        .catch((error: unknown) => {
          ctx.log.error({ err: error, requestId }, "gateway failed to serve a request");
          response.destroy();
        })
        .finally(() => underWay.delete(work));
      underWay.add(work);
    },
  };
}

async function serve(ctx: Context, request: IncomingMessage, response: ServerResponse, requestId: string) {
  const facts = requestFacts(request);
  if (facts === null) return send(response, gatewayAnswer(400, "Bad Request"), requestId);
  if (facts.method === "TRACE") return send(response, gatewayAnswer(405, "Method Not Allowed"), requestId);
  const body = await readBody(request, ctx.limits.bodyBytesMax);
  if (body === "aborted") return;
  if (body === "too-large") return send(response, gatewayAnswer(413, "Request Entity Too Large"), requestId);
  const event = httpEvent({ request, facts, body, requestId, nowMs: ctx.clock.nowMs() });
  send(response, await answer(ctx, event, requestId), requestId);
}

async function answer(ctx: Context, event: Parameters<HttpHandler>[0], requestId: string): Promise<HttpAnswer> {
  const { clock, limits, log } = ctx;
  const outcome = await invoke(ctx.handler, event, {
    clock,
    functionName: "http",
    requestId,
    integrationMsMax: limits.integrationMsMax,
  });
  const route = { requestId, method: event.requestContext.http.method };
  switch (outcome.kind) {
    case "timed-out":
      log.warn(route, "http handler took too long");
      return gatewayAnswer(504, "Gateway Timeout");
    case "failed":
      log.error({ ...route, err: outcome.error }, "http handler failed");
      return gatewayAnswer(500, "Internal Server Error");
    case "answered": {
      const sendable = httpAnswer(outcome.result, limits.responseBytesMax);
      if (sendable !== null) return sendable;
      log.error(route, "http handler gave an answer that cannot be sent");
      return gatewayAnswer(500, "Internal Server Error");
    }
  }
}

// A body that nobody read is thrown away by Node once the answer is sent, for no longer than a request may take.
function send(response: ServerResponse, { status, headers, body }: HttpAnswer, requestId: string): void {
  if (response.destroyed) return;
  for (const [name, value] of headers) response.setHeader(name, value);
  response.setHeader("apigw-requestid", requestId);
  if (status !== 204 && status !== 304) response.setHeader("content-length", body.length);
  response.writeHead(status).end(body);
}
