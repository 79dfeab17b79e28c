/**
 * Follows the frame headers (RFC 6455, 5.2) of what a client sends, beside the real parser, which does not tell how large a frame was.
 * Nothing is copied; payloads are stepped over.
 */
export type FrameScanner = {
  /** "too-large" once, at the header of the first frame over the limit; nothing is counted from there on. */
  scan(chunk: Uint8Array): "ok" | "too-large";
  /** Messages (the last frames of) seen so far, all of their frames within the limit. */
  readonly messages: number;
  /** Frames of every kind, pings included. */
  readonly frames: number;
};

const headerBytesMax = 14;
const highestControlLengthBytes = 125;

export function frameScanner(frameBytesMax: number): FrameScanner {
  const header = new Uint8Array(headerBytesMax);
  let headerBytes = 0;
  let payloadBytesLeft = 0;
  let messages = 0;
  let frames = 0;
  let isHalted = false;

  return {
    scan(chunk) {
      let at = 0;
      while (at < chunk.length && !isHalted) {
        if (payloadBytesLeft > 0) {
          const step = Math.min(payloadBytesLeft, chunk.length - at);
          payloadBytesLeft -= step;
          at += step;
          continue;
        }
        header[headerBytes++] = chunk[at++]!;
        const payloadBytes = payloadLength(header, headerBytes);
        if (payloadBytes === "incomplete") continue;
        headerBytes = 0;
        // What breaks the protocol is for the real parser to refuse, with its own code.
        isHalted = payloadBytes === "invalid" || payloadBytes > frameBytesMax;
        if (payloadBytes === "invalid") return "ok";
        if (payloadBytes > frameBytesMax) return "too-large";
        payloadBytesLeft = payloadBytes;
        frames += 1;
        if (isFinal(header) && !isControl(header)) messages += 1;
      }
      return "ok";
    },
    get messages() {
      return messages;
    },
    get frames() {
      return frames;
    },
  };
}

function payloadLength(header: Uint8Array, bytes: number): number | "incomplete" | "invalid" {
  if (bytes < 2) return "incomplete";
  if (!isWellFormed(header)) return "invalid";
  const short = header[1]! & 0x7f;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  if (bytes < 2 + lengthBytes + maskBytes) return "incomplete";
  if (lengthBytes === 0) return short;
  // Eight bytes can say more than a double holds; what is lost there is far above any limit.
  let length = 0;
  for (let index = 0; index < lengthBytes; index++) length = length * 256 + header[2 + index]!;
  return length;
}

const maskBytes = 4;

function isWellFormed(header: Uint8Array): boolean {
  const opcode = header[0]! & 0x0f;
  const isReserved = (header[0]! & 0x70) !== 0 || (opcode > 2 && opcode < 8) || opcode > 10;
  const isMasked = (header[1]! & 0x80) !== 0;
  const isLongControl = isControl(header) && (header[1]! & 0x7f) > highestControlLengthBytes;
  return !isReserved && isMasked && !isLongControl;
}

function isFinal(header: Uint8Array): boolean {
  return (header[0]! & 0x80) !== 0;
}

function isControl(header: Uint8Array): boolean {
  return (header[0]! & 0x08) !== 0;
}
