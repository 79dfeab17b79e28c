import type { Readable } from "node:stream";

/** A single line of an answer is a token and some counts. */
const lineCharsMax = 1024 * 1024;

type Reader = {
  read(): Promise<{ readonly done: boolean; readonly value: Uint8Array | undefined }>;
  releaseLock(): void;
};

/**
 * A reader of lines of JSON that fails where one of them is none: whoever passed over it would show a text with a hole. After the line that says
 * that it is done nobody reads on; what is left is let go, so that the connection can be used again.
 */
export function checkedLines(source: Readable): Reader {
  const next = chunksOf(source);
  const decoder = new TextDecoder();
  let rest = "";
  const check = (text: string): void => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > lineCharsMax) throw new Error("a line without end");
    for (const line of lines) if (isLast(JSON.parse(line))) source.removeAllListeners("readable").resume();
  };
  return {
    async read() {
      const value = await next();
      if (value !== null) {
        check(decoder.decode(value, { stream: true }));
        return { done: false, value };
      }
      if (rest !== "") JSON.parse(rest);
      return { done: true, value: undefined };
    },
    releaseLock: () => {},
  };
}

const isLast = (line: unknown): boolean => (line as { readonly done?: unknown } | null)?.done === true;

/** Its chunks one at a time, null at its end; half of what the stream's own iterator costs. Throws when it breaks off. */
function chunksOf(source: Readable): () => Promise<Uint8Array | null> {
  let broken: Error | null = null;
  let wake = () => {};
  source.on("readable", () => wake());
  source.once("end", () => wake());
  source.once("error", (error) => {
    broken = error;
    wake();
  });
  source.once("close", () => {
    if (!source.readableEnded) broken ??= new Error("the connection was closed before the end");
    wake();
  });
  return async () => {
    for (;;) {
      const chunk = source.read() as Uint8Array | null;
      if (chunk !== null) return chunk;
      if (source.readableEnded) return null;
      if (broken !== null) throw broken;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
}
