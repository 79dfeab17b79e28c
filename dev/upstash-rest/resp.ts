/** A reply as Redis gave it: nothing is reshaped, so that a bulk string "OK" is not taken for the status. */
export type Reply =
  | { readonly kind: "status"; readonly text: string }
  | { readonly kind: "error"; readonly text: string }
  | { readonly kind: "integer"; readonly value: number }
  | { readonly kind: "bulk"; readonly bytes: Buffer }
  | { readonly kind: "nil" }
  | { readonly kind: "array"; readonly items: readonly Reply[] };

type OpenArray = { readonly items: Reply[]; readonly length: number };

const lineEnd = Buffer.from("\r\n");
/** As in Redis itself. */
const bulkBytesMax = 512 * 1024 * 1024;
const lineBytesMax = 64 * 1024;
const depthMax = 16;

/** RESP2: one command as an array of bulk strings. */
export function encodeCommand(words: readonly string[]): string {
  let out = `*${words.length}\r\n`;
  for (const word of words) out += `$${Buffer.byteLength(word)}\r\n${word}\r\n`;
  return out;
}

/** Takes what comes from the socket in whatever pieces, and answers the replies that became whole. Throws on what is not RESP2. */
export function replyReader(): (chunk: Buffer) => Reply[] {
  let rest: Buffer = Buffer.alloc(0);
  let pieces: Buffer[] = [];
  let arrived = 0;
  // Below so many bytes nothing can be whole: a large value is then put together once, not with every piece.
  let needed = 1;
  const open: OpenArray[] = [];

  return (chunk) => {
    pieces.push(chunk);
    arrived += chunk.length;
    if (arrived < needed) return [];
    rest = pieces.length === 1 ? chunk : Buffer.concat(pieces, arrived);
    const whole: Reply[] = [];
    let at = 0;
    for (;;) {
      const next = readItem(rest, at);
      if ("needs" in next) {
        needed = next.needs;
        break;
      }
      at = next.end;
      const done = close(open, next.item);
      if (done !== null) whole.push(done);
    }
    rest = rest.subarray(at);
    pieces = rest.length === 0 ? [] : [rest];
    arrived = rest.length;
    return whole;
  };
}

type Item = Exclude<Reply, { kind: "array" }> | { readonly kind: "open"; readonly length: number };

function readItem(bytes: Buffer, at: number): { item: Item; end: number } | { needs: number } {
  const lineStop = bytes.indexOf(lineEnd, at);
  if (lineStop === -1) {
    if (bytes.length - at > lineBytesMax) throw new Error("a line without an end");
    return { needs: bytes.length - at + 1 };
  }
  const text = bytes.toString("utf8", at + 1, lineStop);
  const end = lineStop + lineEnd.length;
  switch (String.fromCharCode(bytes[at]!)) {
    case "+":
      return { item: { kind: "status", text }, end };
    case "-":
      return { item: { kind: "error", text }, end };
    case ":":
      return { item: { kind: "integer", value: integer(text) }, end };
    case "*":
      return { item: text === "-1" ? { kind: "nil" } : { kind: "open", length: integer(text) }, end };
    case "$": {
      if (text === "-1") return { item: { kind: "nil" }, end };
      const length = integer(text);
      if (length < 0 || length > bulkBytesMax) throw new Error(`a string of ${length} bytes`);
      const stop = end + length;
      if (bytes.length < stop + lineEnd.length) return { needs: stop + lineEnd.length - at };
      return { item: { kind: "bulk", bytes: bytes.subarray(end, stop) }, end: stop + lineEnd.length };
    }
    default:
      throw new Error("not RESP2");
  }
}

/** Puts an item where it belongs; answers the reply that it made whole. */
function close(open: OpenArray[], item: Item): Reply | null {
  let done: Reply;
  if (item.kind === "open") {
    if (item.length > 0) {
      if (open.length >= depthMax) throw new Error("arrays too deep");
      open.push({ items: [], length: item.length });
      return null;
    }
    done = { kind: "array", items: [] };
  } else {
    done = item;
  }
  for (;;) {
    const outer = open.at(-1);
    if (outer === undefined) return done;
    outer.items.push(done);
    if (outer.items.length < outer.length) return null;
    open.pop();
    done = { kind: "array", items: outer.items };
  }
}

function integer(text: string): number {
  const value = Number(text);
  if (text === "" || !Number.isInteger(value)) throw new Error("not an integer");
  return value;
}
