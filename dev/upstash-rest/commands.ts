import * as z from "zod";
import type { Reply } from "./resp.ts";

/** What is sent is a JSON array; numbers and booleans are taken as their text, as Upstash does. */
const command = z.array(z.union([z.string(), z.number(), z.boolean()]).transform(String)).min(1);
export const oneCommand = command;
export const manyCommands = z.array(command).min(1);

/** They would hold, change or end the connection that all requests share. Upstash refuses most of them over REST as well. */
const refused = new Set(
  "auth blmove blmpop blpop brpop brpoplpush bzmpop bzpopmax bzpopmin client debug discard exec failover hello monitor multi"
    .split(" ")
    .concat(
      "psubscribe psync punsubscribe quit replicaof reset select shutdown slaveof ssubscribe subscribe sunsubscribe".split(
        " ",
      ),
    )
    .concat("sync unsubscribe unwatch wait waitaof watch".split(" ")),
);

/** XREAD and XREADGROUP wait only if they say BLOCK. */
export function refusalOf(words: readonly string[]): string | null {
  const name = (words[0] ?? "").toLowerCase();
  const waits = name.startsWith("xread") && words.some((word) => word.toLowerCase() === "block");
  return refused.has(name) || waits ? `ERR Command is not available: '${name.toUpperCase()}'` : null;
}

export type Result = { readonly result: unknown } | { readonly error: string };

/** base64 for every string but the status OK: its absence would make the client decode it into rubbish. */
export function resultOf(reply: Reply, isBase64: boolean): Result {
  return reply.kind === "error" ? { error: reply.text } : { result: valueOf(reply, isBase64) };
}

function valueOf(reply: Reply, isBase64: boolean): unknown {
  switch (reply.kind) {
    case "status":
      return reply.text === "OK" || !isBase64 ? reply.text : Buffer.from(reply.text).toString("base64");
    case "bulk":
      return reply.bytes.toString(isBase64 ? "base64" : "utf8");
    case "integer":
      return reply.value;
    case "nil":
      return null;
    case "array":
      return reply.items.map((item) => valueOf(item, isBase64));
    case "error":
      // An error within a reply, as EXEC gives.
      return reply.text;
  }
}
