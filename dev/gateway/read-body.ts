import type { IncomingMessage } from "node:http";

/** Never holds more than the limit. "aborted" when the client went away in the middle. */
export function readBody(request: IncomingMessage, bytesMax: number): Promise<Buffer | "too-large" | "aborted"> {
  if (Number(request.headers["content-length"] ?? 0) > bytesMax) return Promise.resolve("too-large");
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const settle = (outcome: Buffer | "too-large" | "aborted") => {
      request.off("data", onData).off("end", onEnd).off("close", onClose);
      resolve(outcome);
    };
    const onData = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= bytesMax) chunks.push(chunk);
      else settle("too-large");
    };
    const onEnd = () => settle(Buffer.concat(chunks, bytes));
    const onClose = () => settle("aborted");
    request.on("data", onData).on("end", onEnd).on("close", onClose);
    request.on("error", ignore); // "close" follows.
  });
}

function ignore(): void {}
