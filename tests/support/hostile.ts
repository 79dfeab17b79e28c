import { commandWords } from "#core/command/registry.ts";
import type { Rng } from "#core/sim/rng.ts";

// What somebody who means harm, or a broken client, might send. All of it follows from the generator that it is given.

export function pick<T>(rng: Rng, of: readonly T[]): T {
  return of[rng.int(of.length)]!;
}

const fragments = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "</p>",
  "&lt;b&gt;",
  "\u0000",
  "\u001b[31m",
  "\u0007",
  "\u007f",
  "\u0085",
  "\r\n",
  "\n\n",
  "\u2028",
  "\u202eesrever",
  "\u2066\u2067",
  "\u200b",
  "\u200d",
  "\ufeff",
  "\ufffe",
  "\ud800",
  "\udc00",
  "\udfff\ud800",
  "🦊",
  "👩‍👩‍👧‍👦",
  "e\u0301",
  "<\u0338>\u0338",
  "Z\u0300\u0301\u0302\u0303\u0304\u0305".repeat(20),
  "ﷺ",
  "ÅΩ",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "'; drop table characters; --",
  "${process.env}",
  "{{7*7}}",
  "%00%n%s",
  "../../etc/passwd",
  '"',
  "\\",
  "`",
  "statue",
  "portal",
  "west",
  "Hearthvale",
  "lobby",
  "-1",
  "0",
  "99999999999999999999",
  "1e309",
  "NaN",
  " ",
  "\t",
] as const;

export function hostileText(rng: Rng, partsMax = 5): string {
  const parts = Array.from({ length: rng.int(partsMax + 1) }, () => pick(rng, fragments));
  return parts.join(pick(rng, ["", " ", " "]));
}

/** A line as a player could type it, gone wrong in some way. */
export function hostileLine(rng: Rng): string {
  const line = `${pick(rng, commandWords)} ${hostileText(rng)}`;
  switch (rng.int(6)) {
    case 0:
      return hostileText(rng);
    case 1:
      return line.toUpperCase();
    case 2:
      return `${line.slice(0, rng.int(line.length))}${pick(rng, fragments)}${line.slice(rng.int(line.length))}`;
    case 3:
      return line.repeat(1 + rng.int(30));
    default:
      return line;
  }
}

const numbers = [0, -0, -1, 1, 0.5, 1e21, -1e308, 2 ** 53, Number.MAX_SAFE_INTEGER, 4_294_967_296] as const;

export function hostileValue(rng: Rng, depth = 0): unknown {
  switch (rng.int(depth > 3 ? 5 : 8)) {
    case 0:
      return null;
    case 1:
      return rng.int(2) === 0;
    case 2:
      return pick(rng, numbers);
    case 3:
    case 4:
      return hostileText(rng);
    case 5:
      return Array.from({ length: rng.int(4) }, () => hostileValue(rng, depth + 1));
    default:
      return Object.fromEntries(
        Array.from({ length: rng.int(4) }, () => [hostileText(rng, 1), hostileValue(rng, depth + 1)]),
      );
  }
}

const types = ["command", "ping", "resume", "state_update", "__proto__", ""] as const;

/** The text of a frame: mostly JSON, and mostly something that will be looked at. */
export function hostileFrame(rng: Rng): string {
  const id = rng.int(2) === 0 ? {} : { id: rng.int(3) === 0 ? hostileText(rng, 2) : String(rng.int(1000)) };
  switch (rng.int(10)) {
    case 0:
      return JSON.stringify(hostileValue(rng));
    case 1:
      return JSON.stringify({ type: pick(rng, types), data: hostileValue(rng) });
    case 2:
      return JSON.stringify({ type: "resume", data: { after: pick(rng, numbers) } });
    case 3:
      return JSON.stringify({
        type: "command",
        data: {
          action: pick(rng, commandWords),
          target: hostileValue(rng, 4),
          message: hostileValue(rng, 4),
          recipient: pick(rng, [null, hostileText(rng)]),
          quantity: pick(rng, [...numbers, null]),
        },
      });
    case 4: {
      const text = JSON.stringify({ type: "command", data: { text: hostileLine(rng), ...id } });
      return text.slice(0, rng.int(text.length));
    }
    case 5:
      return nested(rng);
    default:
      return JSON.stringify({ type: "command", data: { text: hostileLine(rng), ...id } });
  }
}

function nested(rng: Rng): string {
  const levels = 1 + rng.int(7000);
  const [open, close] = pick(rng, [
    ["[", "]"],
    ['{"type":', "}"],
    ['{"__proto__":', "}"],
  ]);
  return open.repeat(levels) + (rng.int(2) === 0 ? `1${close.repeat(levels)}` : "");
}

export type HostileRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
};

type Paths = readonly (readonly [method: string, path: string, body?: object])[];

/** One of the routes, wrong in its path, its headers or its body. */
export function hostileRequest(rng: Rng, routes: Paths): HostileRequest {
  const [method, path, body] = pick(rng, routes);
  const query = rng.int(3) === 0 ? `?${encodeURIComponent(hostileText(rng, 2).toWellFormed())}=${rng.int(9)}` : "";
  const wrongPath = rng.int(8) === 0 ? `${path}/${encodeURIComponent(hostileText(rng, 2).toWellFormed())}` : path;
  const headers = rng.int(6) === 0 ? { [pick(rng, oddHeaders)]: pick(rng, oddHeaderValues) } : {};
  return {
    method: rng.int(8) === 0 ? pick(rng, ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"]) : method,
    path: wrongPath + query,
    headers: { "content-type": "application/json", ...headers },
    body: body === undefined ? undefined : hostileBody(rng, body),
  };
}

const oddHeaders = [
  "content-type",
  "cookie",
  "origin",
  "x-forwarded-for",
  "accept",
  "sec-fetch-site",
  "content-encoding",
];
const oddHeaderValues = [
  "",
  "application/json; charset=utf-8",
  "text/plain",
  "auth_token=x; auth_token=y",
  "null",
  "é",
  "gzip",
  ",",
];

function hostileBody(rng: Rng, body: object): string {
  if (rng.int(10) === 0) return nested(rng);
  const entries = Object.entries(body).map(([name, value]): [string, unknown] => {
    if (rng.int(3) > 0)
      return [name, typeof value === "string" ? value + (rng.int(4) === 0 ? hostileText(rng) : "") : value];
    return [name, hostileValue(rng)];
  });
  const extra = rng.int(4) === 0 ? [[hostileText(rng, 1), hostileValue(rng)]] : [];
  const text = JSON.stringify(Object.fromEntries([...entries, ...extra]));
  return rng.int(12) === 0 ? text.slice(0, rng.int(text.length)) : text;
}
