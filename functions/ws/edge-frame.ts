import type { Clock } from "#core/ports/system.ts";
import type { FrameOut } from "#core/protocol/frames-out.ts";
import type { WireProtocol } from "#core/protocol/world-input.ts";

/**
 * A frame about the connection itself (pong, a frame that was not understood) rather than to the character. It is not kept for resume,
 * and has the number 0.
 */
export function edgeFrame(ctx: { clock: Clock }, protocol: WireProtocol, frame: FrameOut): string {
  return JSON.stringify(
    protocol === "v1" ? { seq: 0, time: new Date(ctx.clock.nowMs()).toISOString(), ...frame } : frame,
  );
}
