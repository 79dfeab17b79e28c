import { isUtf8 } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Log } from "#core/ports/system.ts";
import { awsId } from "./aws-id.ts";
import type { GatewayLimits } from "./limits.ts";
import { readBody } from "./read-body.ts";
import type { Sockets } from "./sockets.ts";

type Context = {
  readonly sockets: Sockets;
  readonly limits: GatewayLimits;
  readonly managementPath: string;
  readonly log: Log;
};

type Answer = { readonly status: number; readonly errorType?: string; readonly body?: object };

/** The `@connections` endpoint, as the SDK's client speaks to it. */
export function managementEndpoint(ctx: Context): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    answer(ctx, request)
      .then((given) => send(response, given))
      .catch((error: unknown) => {
        ctx.log.error({ err: error }, "gateway failed to serve @connections");
        response.destroy();
      });
  };
}

function send(response: ServerResponse, { status, errorType, body }: Answer): void {
  response.setHeader("x-amzn-requestid", awsId());
  if (errorType !== undefined) response.setHeader("x-amzn-errortype", errorType);
  if (body !== undefined) response.setHeader("content-type", "application/json");
  response.writeHead(status).end(body === undefined ? "" : JSON.stringify(body));
}

async function answer(ctx: Context, request: IncomingMessage): Promise<Answer> {
  // The signature is not checked, but a header that no page of a browser can add unasked keeps pages out.
  if (!(request.headers.authorization ?? "").startsWith("AWS4-HMAC-SHA256 "))
    return refusal(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
  const id = connectionIdOf(request.url ?? "", ctx.managementPath);
  if (id === null) return refusal(403, "ForbiddenException", "Forbidden");
  switch (request.method) {
    case "POST":
      return post(ctx, id, await readBody(request, ctx.limits.messageBytesMax));
    case "GET":
      return describe(ctx, id);
    case "DELETE": {
      const connection = ctx.sockets.get(id);
      if (connection === null) return gone();
      connection.close({ code: 1000, reason: "Connection Closed Normally" });
      return { status: 204 };
    }
    default:
      return refusal(403, "ForbiddenException", "Forbidden");
  }
}

function post(ctx: Context, id: string, body: Buffer | "too-large" | "aborted"): Answer {
  if (body === "too-large") return refusal(413, "PayloadTooLargeException", "Message too long");
  if (body === "aborted") return refusal(400, "BadRequestException", "Request aborted");
  if (!isUtf8(body)) return refusal(400, "BadRequestException", "Message is not valid UTF-8");
  switch (ctx.sockets.get(id)?.send(body) ?? "gone") {
    case "sent":
      return { status: 200 };
    case "full":
      return refusal(429, "LimitExceededException", "The client does not read what it is sent");
    case "gone":
      return gone();
  }
}

function describe(ctx: Context, id: string): Answer {
  const connection = ctx.sockets.get(id);
  if (connection === null) return gone();
  const { connectedAtMs, request } = connection.facts;
  return {
    status: 200,
    body: {
      connectedAt: new Date(connectedAtMs).toISOString(),
      identity: { sourceIp: request.sourceIp, userAgent: request.userAgent },
      lastActiveAt: new Date(connection.lastActiveAtMs).toISOString(),
    },
  };
}

function gone(): Answer {
  return refusal(410, "GoneException", "The connection is gone");
}

function refusal(status: number, errorType: string, message: string): Answer {
  return { status, errorType, body: { message } };
}

/** Both the path's "@" and the id's "=" come escaped or not, as the client likes. */
function connectionIdOf(url: string, managementPath: string): string | null {
  try {
    const path = decodeURIComponent(url.split("?", 1)[0]!);
    const prefix = `${managementPath}/`;
    return path.startsWith(prefix) && path.length > prefix.length ? path.slice(prefix.length) : null;
  } catch {
    return null;
  }
}
