import type { IncomingMessage } from "node:http";
import { awsId } from "./aws-id.ts";
import type { ConnectEvent, DisconnectEvent, MessageEvent } from "./handlers.ts";
import { commonLogTime, queryParameters } from "./request-facts.ts";
import type { RequestFacts } from "./request-facts.ts";

/** What every event of one connection says about it. */
export type ConnectionFacts = {
  readonly id: string;
  readonly connectedAtMs: number;
  readonly request: Pick<RequestFacts, "domainName" | "sourceIp" | "userAgent">;
};

export function connectEvent(
  connection: ConnectionFacts,
  request: IncomingMessage,
  facts: RequestFacts,
  nowMs: number,
): ConnectEvent {
  const headers = connectHeaders(request, facts);
  const query = [...queryParameters(facts.rawQueryString)];
  return {
    headers: Object.fromEntries(headers.map(([name, values]) => [name, values.at(-1)!])),
    multiValueHeaders: Object.fromEntries(headers),
    ...(query.length > 0 && {
      queryStringParameters: Object.fromEntries(query.map(([name, values]) => [name, values.at(-1)!])),
      multiValueQueryStringParameters: Object.fromEntries(query),
    }),
    requestContext: requestContext(connection, "$connect", "CONNECT", nowMs) as ConnectEvent["requestContext"],
    isBase64Encoded: false,
  };
}

export function messageEvent(
  connection: ConnectionFacts,
  message: Buffer,
  isBinary: boolean,
  nowMs: number,
): MessageEvent {
  return {
    requestContext: { ...requestContext(connection, "$default", "MESSAGE", nowMs), messageId: awsId() },
    body: message.toString(isBinary ? "base64" : "utf8"),
    isBase64Encoded: isBinary,
  };
}

export function disconnectEvent(
  connection: ConnectionFacts,
  ending: { readonly code: number; readonly reason: string },
  nowMs: number,
): DisconnectEvent {
  return {
    requestContext: {
      ...(requestContext(connection, "$disconnect", "DISCONNECT", nowMs) as DisconnectEvent["requestContext"]),
      disconnectStatusCode: ending.code,
      disconnectReason: ending.reason,
    },
    isBase64Encoded: false,
  };
}

// The published types claim a messageId for every event; AWS sends one with messages only.
function requestContext<EventType extends "CONNECT" | "MESSAGE" | "DISCONNECT">(
  { id, connectedAtMs, request }: ConnectionFacts,
  routeKey: string,
  eventType: EventType,
  nowMs: number,
) {
  const requestId = awsId();
  return {
    routeKey,
    eventType,
    extendedRequestId: requestId,
    requestTime: commonLogTime(nowMs),
    messageDirection: "IN" as const,
    stage: "$default",
    connectedAt: connectedAtMs,
    requestTimeEpoch: nowMs,
    identity: { sourceIp: request.sourceIp, userAgent: request.userAgent },
    requestId,
    domainName: request.domainName,
    connectionId: id,
    apiId: "local",
  };
}

/** Spelt as the client did: WebSocket APIs keep the case. Without regard to it, one name has one entry. */
function connectHeaders(request: IncomingMessage, facts: RequestFacts): [string, string[]][] {
  const byName = new Map<string, [string, string[]]>();
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index]!;
    const key = name.toLowerCase();
    if (key === "connection" || key === "upgrade" || key.startsWith("x-forwarded-")) continue;
    const known = byName.get(key);
    if (known === undefined) byName.set(key, [name, [request.rawHeaders[index + 1]!]]);
    else known[1].push(request.rawHeaders[index + 1]!);
  }
  const claimed = request.headersDistinct["x-forwarded-for"] ?? [];
  return [
    ...byName.values(),
    ["X-Forwarded-For", [[...claimed, facts.sourceIp].join(", ")]],
    ["X-Forwarded-Port", [String(request.socket.localPort ?? "")]],
    ["X-Forwarded-Proto", ["http"]],
  ];
}
