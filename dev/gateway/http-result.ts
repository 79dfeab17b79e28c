import { validateHeaderName, validateHeaderValue } from "node:http";
import type { APIGatewayProxyResultV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";

export type HttpAnswer = {
  readonly status: number;
  readonly headers: readonly (readonly [string, string | readonly string[]])[];
  readonly body: Buffer;
};

// The transport's own: a handler that sets them would contradict what is sent.
const droppedHeaders = new Set(["connection", "content-length", "keep-alive", "transfer-encoding", "upgrade"]);

/** null where API Gateway would answer 500: a status, header or body that cannot be sent. */
export function httpAnswer(result: APIGatewayProxyResultV2, responseBytesMax: number): HttpAnswer | null {
  const structured = structuredResult(result);
  const { statusCode = 200, headers = {}, cookies = [], body = "", isBase64Encoded = false } = structured;
  if (!Number.isInteger(statusCode) || statusCode < 200 || statusCode > 599) return null;
  const sent: [string, string | readonly string[]][] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (!droppedHeaders.has(name.toLowerCase())) sent.push([name.toLowerCase(), String(value)]);
  }
  if (cookies.length > 0) sent.push(["set-cookie", cookies]);
  const bytes = Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
  if (bytes.length > responseBytesMax || !areSendable(sent)) return null;
  return { status: statusCode, headers: sent, body: bytes };
}

/** The answer of the gateway itself. */
export function gatewayAnswer(status: number, message: string): HttpAnswer {
  return { status, headers: [["content-type", "application/json"]], body: Buffer.from(JSON.stringify({ message })) };
}

/** What is not an object with a statusCode is the body itself, as JSON. */
function structuredResult(result: APIGatewayProxyResultV2): APIGatewayProxyStructuredResultV2 {
  if (typeof result === "object" && result !== null && "statusCode" in result) return result;
  return {
    statusCode: 200,
    headers: { "content-type": "application/json" },
    body: typeof result === "string" ? result : (JSON.stringify(result) ?? ""),
  };
}

function areSendable(headers: readonly (readonly [string, string | readonly string[]])[]): boolean {
  try {
    for (const [name, values] of headers) {
      validateHeaderName(name);
      for (const value of [values].flat()) validateHeaderValue(name, value);
    }
    return true;
  } catch {
    return false;
  }
}
