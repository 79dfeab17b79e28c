import * as z from "zod";
import { errorCodes } from "#core/lib/errors.ts";
import { biomes } from "#core/protocol/map.ts";

// What a client may rely on, written down apart from the code that makes it. Strict: a field that nobody knows is a fault.

export const frameBytesMax = 128 * 1024;

/** No markup, and no control character other than a newline. */
// oxlint-disable-next-line no-control-regex
const forbidden = /[<>\u0000-\u0009\u000b-\u001f\u007f-\u009f]/u;
export const shown = z.string().refine((text) => !forbidden.test(text) && text.isWellFormed(), "breaks the text rule");

const position = z.strictObject({ x: z.number(), y: z.number(), z: z.number() });
const worn = z.strictObject({ id: z.string(), name: shown }).nullable();

const carried = z.strictObject({
  id: z.string(),
  name: shown,
  type: z.string(),
  quantity: z.int().min(1),
  weight: z.number().min(0),
  slot: z.enum(["head", "chest", "legs", "feet", "mainHand", "offHand"]).nullable(),
  durability: z.int().min(1).optional(),
  maxDurability: z.int().min(1).optional(),
});

const stateUpdate = z.strictObject({
  hp: z.int().min(0),
  maxHP: z.int().min(0),
  stamina: z.int().min(0),
  maxStamina: z.int().min(0),
  focus: z.int().min(0),
  maxFocus: z.int().min(0),
  position,
  inventory: z.array(carried.extend({ contents: z.array(carried).optional() })),
  equipment: z.strictObject({ head: worn, chest: worn, legs: worn, feet: worn, mainHand: worn, offHand: worn }),
  visibleTiles: z.array(z.unknown()),
  stats: z.record(z.string(), z.int()),
});

const mapTile = z.strictObject({
  x: z.number(),
  y: z.number(),
  biome: z.enum(biomes),
  elevation: z.number(),
  entities: z
    .array(
      z.strictObject({
        id: z.string(),
        type: z.string(),
        name: shown,
        status: z.string().optional(),
        glyph: z.string().optional(),
      }),
    )
    .optional(),
  portal: z.strictObject({ world_name: shown, destination: z.string(), active: z.boolean() }).optional(),
  is_player: z.boolean().optional(),
  out_of_bounds: z.boolean().optional(),
  occluded: z.boolean().optional(),
});

const mapData = z
  .strictObject({
    tiles: z.array(mapTile),
    player_x: z.number(),
    player_y: z.number(),
    player_z: z.number(),
    render_quality: z.enum(["low", "medium", "high"]),
    grid_size: z.int().refine((size) => size % 2 === 1, "must be odd"),
    scale: z.number().positive(),
    world_id: z.guid(),
    is_simulated: z.boolean(),
    speech: shown.optional(),
    place_names: z.strictObject({ sea: shown.optional(), range: shown.optional(), river: shown.optional() }).optional(),
  })
  .refine(({ tiles, grid_size: size }) => tiles.length === size * size, "has not the tiles of its grid");
export type MapFrame = z.infer<typeof mapData>;

const gameMessageTypes = [
  "system",
  "area_description",
  "movement",
  "info",
  "error",
  "action",
  "speech_self",
  "speech",
  "whisper_self",
  "whisper",
  "tell_self",
  "tell",
  "emote",
  "dialogue",
  "player_list",
  "arrival",
  "departure",
  "time",
  "weather",
  "start_interview",
  "combat",
  "crafting_success",
  "crafting_error",
  "trigger_entry_options",
  "map_update",
] as const;

const gameMessage = z.strictObject({
  id: z.uuid(),
  type: z.enum(gameMessageTypes),
  text: shown,
  timestamp: z.iso.datetime(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  speech: shown.optional(),
});

const error = z.strictObject({ code: z.enum(errorCodes), message: shown, id: z.string().optional() });

/** Of `thousand-worlds.v1` only. */
const numbering = { seq: z.int().min(0).optional(), time: z.iso.datetime().optional() };

export const frameOut = z.discriminatedUnion("type", [
  z.strictObject({ ...numbering, type: z.literal("game_message"), data: gameMessage }),
  z.strictObject({ ...numbering, type: z.literal("state_update"), data: stateUpdate }),
  z.strictObject({ ...numbering, type: z.literal("map_update"), data: mapData }),
  z.strictObject({ ...numbering, type: z.literal("error"), data: error }),
  z.strictObject({ ...numbering, type: z.literal("pong") }),
]);
export type Frame = z.infer<typeof frameOut>;
type FrameOf<Type extends Frame["type"]> = Extract<Frame, { type: Type }>;
export type Message = FrameOf<"game_message">;
export type Match<Found extends Frame = Frame> = (frame: Frame) => frame is Found;

/** A message of this subtype, with this text (all of it), or a text like this. */
export function message(type: (typeof gameMessageTypes)[number], text?: string | RegExp): Match<Message> {
  return named(`${type} ${String(text ?? "")}`, (frame): frame is Message => {
    if (frame.type !== "game_message" || frame.data.type !== type) return false;
    return text === undefined || (typeof text === "string" ? frame.data.text === text : text.test(frame.data.text));
  });
}

export function errorFrame(code: z.infer<typeof error>["code"]): Match<FrameOf<"error">> {
  return named(
    `error frame ${code}`,
    (frame): frame is FrameOf<"error"> => frame.type === "error" && frame.data.code === code,
  );
}

export const stateUpdateFrame = named(
  "state_update",
  (frame: Frame): frame is FrameOf<"state_update"> => frame.type === "state_update",
);
export const pongFrame = named("pong", (frame: Frame): frame is FrameOf<"pong"> => frame.type === "pong");

/** The map, in either of the two ways in which it is told. */
export function mapIn(frame: Frame): MapFrame | null {
  if (frame.type === "map_update") return frame.data;
  if (frame.type !== "game_message" || frame.data.type !== "map_update") return null;
  return mapData.parse(frame.data.metadata);
}

export function isMap(frame: Frame): frame is Frame {
  return mapIn(frame) !== null;
}

/** The name is what a wait that failed says it waited for. */
function named<Found extends (frame: Frame) => boolean>(name: string, match: Found): Found {
  return Object.defineProperty(match, "name", { value: name });
}

/** Subtype or type, and the text. */
export function summary(frame: Frame): string {
  if (frame.type === "game_message") return `${frame.data.type}: ${frame.data.text}`;
  return frame.type === "error" ? `error ${frame.data.code}` : frame.type;
}
