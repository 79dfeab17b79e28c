import { STATUS_CODES } from "node:http";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { gatewayAnswer, httpAnswer } from "./http-result.ts";
import type { HttpAnswer } from "./http-result.ts";

const keyForm = /^[+/0-9A-Za-z]{22}==$/;
const tokenListForm = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:[ \t]*,[ \t]*[!#$%&'*+.^_`|~0-9A-Za-z-]+)*$/;

/** null, or the status with which a request that is no proper handshake is refused before any handler hears of it. */
export function upgradeRefusal(request: IncomingMessage): number | null {
  const { headers } = request;
  if (request.method !== "GET") return 405;
  if (!keyForm.test(headers["sec-websocket-key"] ?? "")) return 400;
  if (headers["sec-websocket-version"] !== "13") return 426;
  const offered = headers["sec-websocket-protocol"];
  if (offered === undefined) return null;
  const names = offered.split(",").map((name) => name.trim());
  return tokenListForm.test(offered) && new Set(names).size === names.length ? null : 400;
}

const refusalBodyBytesMax = 64 * 1024;

/** With the handler's own words where it gave some. */
export function refuseUpgrade(socket: Duplex, status: number, given: APIGatewayProxyStructuredResultV2 = {}): void {
  const own = gatewayAnswer(status, STATUS_CODES[status] ?? "Refused");
  const result = { body: own.body.toString(), ...given, statusCode: status };
  const answer = httpAnswer(result, refusalBodyBytesMax) ?? own;
  socket.once("finish", () => socket.destroy());
  socket.end(Buffer.concat([Buffer.from(head(answer), "latin1"), answer.body]));
}

function head({ status, headers, body }: HttpAnswer): string {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    "connection: close",
    `content-length: ${body.length}`,
  ];
  if (status === 426) lines.push("sec-websocket-version: 13");
  for (const [name, values] of headers) {
    for (const value of [values].flat()) lines.push(`${name}: ${value}`);
  }
  return `${lines.join("\r\n")}\r\n\r\n`;
}
