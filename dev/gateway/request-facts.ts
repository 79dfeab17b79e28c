import type { IncomingMessage } from "node:http";

/** What both kinds of events say about a request, read without trusting any of it. */
export type RequestFacts = {
  readonly method: string;
  /** As it came, still percent-encoded: decoding it could move a "?" or "#" into the path. */
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly domainName: string;
  readonly sourceIp: string;
  readonly userAgent: string;
};

const originForm = /^(?:https?:\/\/[^/?#]*)?(\/[^?#]*)(?:\?([^#]*))?/i;
const hostForm = /^([a-z0-9._-]{1,253}|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/** null for a target that is no path, or a host that is no name. */
export function requestFacts(request: IncomingMessage): RequestFacts | null {
  const target = originForm.exec(request.url ?? "");
  const host = hostForm.exec(request.headers.host ?? "localhost");
  if (target === null || host === null || !URL.canParse(`http://${host[0]}`)) return null;
  return {
    method: request.method ?? "GET",
    rawPath: target[1]!,
    rawQueryString: target[2] ?? "",
    domainName: host[1]!,
    sourceIp: (request.socket.remoteAddress ?? "0.0.0.0").replace(/^::ffff:/, ""),
    userAgent: request.headers["user-agent"] ?? "",
  };
}

/** "12/Mar/2030:19:03:58 +0000" */
export function commonLogTime(epochMs: number): string {
  const text = new Date(epochMs).toUTCString(); // "Tue, 12 Mar 2030 19:03:58 GMT"
  return `${text.slice(5, 7)}/${text.slice(8, 11)}/${text.slice(12, 16)}:${text.slice(17, 25)} +0000`;
}

export function queryParameters(rawQueryString: string): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else known.push(value);
  }
  return values;
}
