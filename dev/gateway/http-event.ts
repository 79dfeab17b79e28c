import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { commonLogTime, queryParameters } from "./request-facts.ts";
import type { RequestFacts } from "./request-facts.ts";

type Input = {
  readonly request: IncomingMessage;
  readonly facts: RequestFacts;
  readonly body: Buffer;
  readonly requestId: string;
  readonly nowMs: number;
};

/** A request as an HTTP API hands it to Lambda, payload format 2.0. */
export function httpEvent({ request, facts, body, requestId, nowMs }: Input): APIGatewayProxyEventV2 {
  const cookies = request.headers.cookie?.split(/; */).filter((cookie) => cookie !== "") ?? [];
  const query = [...queryParameters(facts.rawQueryString)];
  // Bytes that are no text would become other bytes on the way: the function is to see that they are wrong.
  const isText = isTextType(request.headers["content-type"] ?? "") && isUtf8(body);
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: facts.rawPath,
    rawQueryString: facts.rawQueryString,
    ...(cookies.length > 0 && { cookies }),
    headers: headersOf(request, facts),
    ...(query.length > 0 && {
      queryStringParameters: Object.fromEntries(query.map(([name, values]) => [name, values.join(",")])),
    }),
    requestContext: {
      accountId: "000000000000",
      apiId: "local",
      domainName: facts.domainName,
      domainPrefix: facts.domainName.split(".", 1)[0]!,
      http: {
        method: facts.method,
        path: facts.rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: facts.sourceIp,
        userAgent: facts.userAgent,
      },
      requestId,
      routeKey: "$default",
      stage: "$default",
      time: commonLogTime(nowMs),
      timeEpoch: nowMs,
    },
    ...(body.length > 0 && { body: body.toString(isText ? "utf8" : "base64") }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

// Those that concern one hop only, and what the event carries elsewhere.
const droppedHeaders = new Set([
  "connection",
  "cookie",
  "keep-alive",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

function headersOf(request: IncomingMessage, facts: RequestFacts): Record<string, string> {
  const headers: [string, string][] = [];
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    if (values === undefined || droppedHeaders.has(name) || name.startsWith("x-forwarded-")) continue;
    headers.push([name, values.join(",")]);
  }
  // Appended to what the client claims, as the gateway does: only the last address is true.
  const claimed = request.headersDistinct["x-forwarded-for"] ?? [];
  headers.push(["x-forwarded-for", [...claimed, facts.sourceIp].join(", ")]);
  headers.push(["x-forwarded-port", String(request.socket.localPort ?? "")]);
  headers.push(["x-forwarded-proto", "http"]);
  return Object.fromEntries(headers);
}

/** What API Gateway passes as text; everything else, forms and what says nothing included, comes in base64. */
function isTextType(contentType: string): boolean {
  return /^(?:text\/|application\/(?:json|javascript|xml|[\w.-]+\+(?:json|xml))\s*(?:;|$))/i.test(contentType.trim());
}
