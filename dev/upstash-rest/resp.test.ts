import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeCommand, type Reply, replyReader } from "./resp.ts";

test("a command is an array of strings, counted in bytes", () => {
  expect(encodeCommand(["SET", "ü", ""])).toBe("*3\r\n$3\r\nSET\r\n$2\r\nü\r\n$0\r\n\r\n");
});

const line = fc.string().map((text) => text.replaceAll(/[\r\n]/g, ""));
const { reply } = fc.letrec<{ reply: Reply }>((tie) => ({
  reply: fc.oneof(
    { maxDepth: 4 },
    fc.record({ kind: fc.constant("status" as const), text: line }),
    fc.record({ kind: fc.constant("error" as const), text: line }),
    fc.record({ kind: fc.constant("integer" as const), value: fc.maxSafeInteger() }),
    fc.uint8Array().map((bytes) => ({ kind: "bulk" as const, bytes: Buffer.from(bytes) })),
    fc.constant({ kind: "nil" as const }),
    fc.array(tie("reply"), { maxLength: 4 }).map((items) => ({ kind: "array" as const, items })),
  ),
}));

function encoded(given: Reply): Buffer {
  switch (given.kind) {
    case "status":
      return Buffer.from(`+${given.text}\r\n`);
    case "error":
      return Buffer.from(`-${given.text}\r\n`);
    case "integer":
      return Buffer.from(`:${given.value}\r\n`);
    case "nil":
      return Buffer.from("$-1\r\n");
    case "bulk":
      return Buffer.concat([Buffer.from(`$${given.bytes.length}\r\n`), given.bytes, Buffer.from("\r\n")]);
    case "array":
      return Buffer.concat([Buffer.from(`*${given.items.length}\r\n`), ...given.items.map(encoded)]);
  }
}

test("replies come out as they went in, however the bytes are cut", () => {
  fc.assert(
    fc.property(
      fc.array(reply, { maxLength: 6 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
      (replies, sizes) => {
        const bytes = Buffer.concat(replies.map(encoded));
        const read = replyReader();
        const out: Reply[] = [];
        for (let at = 0; at < bytes.length;) {
          const size = sizes.next().value as number;
          out.push(...read(bytes.subarray(at, at + size)));
          at += size;
        }
        expect(out).toEqual(replies);
      },
    ),
    { numRuns: 300 },
  );
});

test("a large value in many pieces is put together once", () => {
  const bytes = encoded({ kind: "bulk", bytes: Buffer.alloc(64 * 1024 * 1024, "x") });
  const read = replyReader();
  const startMs = performance.now();
  let whole: Reply[] = [];
  for (let at = 0; at < bytes.length; at += 65_536) whole = read(bytes.subarray(at, at + 65_536));
  expect(whole).toHaveLength(1);
  // Put together with every piece it would be thirty gigabytes of copying.
  expect(performance.now() - startMs).toBeLessThan(3000);
});

test.each([
  ["what is not RESP2", "HTTP/1.1 400 Bad Request\r\n"],
  ["an array of strings that says too much", `$${1024 ** 3}\r\n`],
  ["a length that is no number", "$x\r\n"],
  ["arrays without end", "*1\r\n".repeat(100)],
  ["a line without end", "+".repeat(100_000)],
])("%s ends the connection", (_, text) => {
  expect(() => replyReader()(Buffer.from(text))).toThrow(Error);
});
