import type { FrameOut, GameMessage } from "#core/protocol/frames-out.ts";

/** A frame as a client of `thousand-worlds.v1` is sent it. `seq` 0: about a frame, and not of what is kept for resume. */
export type Frame = FrameOut & { readonly seq: number; readonly time: string };
/** Of types that a later server may add. */
export type Message = GameMessage & { readonly id: string; readonly timestamp: string };

/** Whatever came in one WebSocket message; what cannot be read is left out, as a newer server may say more than this client knows. */
export function framesIn(data: unknown): Frame[] {
  if (typeof data !== "string") return [];
  return data.split("\n").flatMap((line) => {
    try {
      const frame = JSON.parse(line) as Frame;
      return typeof frame.type === "string" ? [frame] : [];
    } catch {
      return [];
    }
  });
}
