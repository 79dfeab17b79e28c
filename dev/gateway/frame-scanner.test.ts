import { describe, expect, test } from "vitest";
import { frameScanner } from "./frame-scanner.ts";

const limit = 1000;

function frame(opcode: number, length: number, options: { final?: boolean; masked?: boolean; rsv?: number } = {}) {
  const { final = true, masked = true, rsv = 0 } = options;
  const long = length > 65_535 ? 8 : length > 125 ? 2 : 0;
  const header = Buffer.alloc(2 + long);
  header[0] = (final ? 0x80 : 0) | rsv | opcode;
  header[1] = (masked ? 0x80 : 0) | (long === 8 ? 127 : long === 2 ? 126 : length);
  if (long === 2) header.writeUInt16BE(length, 2);
  if (long === 8) header.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([header, Buffer.alloc(masked ? 4 : 0), Buffer.alloc(length, 0xff)]);
}

const text = 1;
const continuation = 0;
const ping = 9;

describe("the frame scanner", () => {
  test("counts frames of every kind, and messages at their last frame", () => {
    const scanner = frameScanner(limit);
    const stream = [
      frame(text, 3),
      frame(text, 126, { final: false }),
      frame(ping, 125),
      frame(continuation, 0, { final: false }),
      frame(continuation, limit),
      frame(2, 0),
    ];
    expect(scanner.scan(Buffer.concat(stream))).toBe("ok");
    expect({ frames: scanner.frames, messages: scanner.messages }).toEqual({ frames: 6, messages: 3 });
  });

  test("sees the same in a stream cut anywhere", () => {
    const stream = Buffer.concat([frame(text, 200), frame(ping, 7), frame(text, 10), frame(text, limit + 1)]);
    for (const step of [1, 2, 3, 5, 7, 64, 211]) {
      const scanner = frameScanner(limit);
      const verdicts: string[] = [];
      for (let at = 0; at < stream.length; at += step) verdicts.push(scanner.scan(stream.subarray(at, at + step)));
      expect(verdicts.filter((verdict) => verdict === "too-large")).toHaveLength(1);
      expect({ step, frames: scanner.frames, messages: scanner.messages }).toEqual({ step, frames: 3, messages: 2 });
    }
  });

  test.each([limit + 1, 65_536, 2 ** 31, 2 ** 52])(
    "refuses a frame that announces %d bytes at its header",
    (length) => {
      const scanner = frameScanner(limit);
      const header = Buffer.alloc(14);
      header[0] = 0x81;
      header[1] = 0xff;
      header.writeBigUInt64BE(BigInt(length), 2);
      expect(scanner.scan(Buffer.concat([frame(text, 1), header]))).toBe("too-large");
      expect(scanner.messages).toBe(1);
    },
  );

  test("counts nothing after a frame that was too large", () => {
    const scanner = frameScanner(limit);
    scanner.scan(frame(text, limit + 1));
    expect(scanner.scan(Buffer.concat([frame(text, 1), frame(text, limit + 1)]))).toBe("ok");
    expect(scanner.messages).toBe(0);
  });

  test.each([
    ["unmasked", frame(text, 2, { masked: false })],
    ["with a reserved bit", frame(text, 2, { rsv: 0x40 })],
    ["of an unknown kind", frame(3, 2)],
    ["of control and long", frame(ping, 126)],
    ["that is no frame at all", Buffer.from("GET / HTTP/1.1\r\n\r\n")],
  ])("leaves a frame %s to the parser, and stops there", (_, bytes) => {
    const scanner = frameScanner(limit);
    expect(scanner.scan(Buffer.concat([frame(text, 1), bytes, frame(text, limit + 1)]))).toBe("ok");
    expect({ frames: scanner.frames, messages: scanner.messages }).toEqual({ frames: 1, messages: 1 });
  });
});
