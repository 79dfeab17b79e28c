import { spokenText } from "#core/lib/spoken.ts";
import { plainText } from "#core/lib/text.ts";
import type { FrameOut, GameMessage, Tell } from "#core/protocol/frames-out.ts";
import type { MapData } from "#core/protocol/map.ts";
import type { WireProtocol } from "#core/protocol/world-input.ts";

export type Stamp = { readonly id: string; readonly atMs: number };

/** One thing to tell, as the JSON of one frame. The last place that text passes: nothing in it is markup from here on. */
export function frameOf(tell: Tell, protocol: WireProtocol, stamp: Stamp): string {
  const frame = shape(tell, protocol, stamp);
  return JSON.stringify(protocol === "v1" ? { ...frame, time: new Date(stamp.atMs).toISOString() } : frame);
}

/** Puts the number of a frame of `thousand-worlds.v1` into its JSON. */
export function numbered(frame: string, seq: number): string {
  return `{"seq":${seq},${frame.slice(1)}`;
}

function shape(tell: Tell, protocol: WireProtocol, stamp: Stamp): FrameOut {
  switch (tell.kind) {
    case "state":
      return { type: "state_update", data: tell.state };
    case "error":
      return { type: "error", data: { ...tell.error, message: plainText(tell.error.message) } };
    case "map":
      return protocol === "v1" ? { type: "map_update", data: tell.map } : gameMessage(mapMessage(tell.map), stamp);
    case "message":
      return gameMessage(tell.message, stamp);
  }
}

function mapMessage({ speech, ...metadata }: MapData): GameMessage {
  return { type: "map_update", text: "", metadata, ...(speech !== undefined && { speech }) };
}

/** `speech` is said only where it differs from the text: what has none is read as it stands. */
function gameMessage(message: GameMessage, { id, atMs }: Stamp): FrameOut {
  const spoken = message.speech ?? spokenText(message.text);
  const speech = spoken === message.text ? undefined : spoken;
  return {
    type: "game_message",
    data: {
      ...message,
      id,
      timestamp: new Date(atMs).toISOString(),
      text: plainText(message.text),
      ...(speech === undefined ? {} : { speech: plainText(speech) }),
    },
  };
}
