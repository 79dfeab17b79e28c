import * as z from "zod";
import type { WorldId } from "../lib/ids.ts";
import { principal } from "./auth-subjects.ts";
import { characterId, userId, worldId } from "./record-ids.ts";
import { type News, type Rpc, rpc } from "./subjects.ts";
import { dilation, worldInput } from "./world-input.ts";
import { mapEdge, mapLayer, mapWidth, pictureBase64Max, pictureWidth, worldMap } from "./world-map.ts";
import { newSpec, storedSpec } from "./world-spec.ts";

/** Names one wish for ever: the same again is the same wish, and is answered alike. */
export const requestId = z.guid().toLowerCase();

/** Of one page of the list. */
export const worldsPageMax = 200;
/** A world passes at most this much game time at once, a hundred of its default years. */
export const simulatedMsMax = 36_000 * 86_400_000;

const clock = z.object({
  sinceRealMs: z.number(),
  sinceGameMs: z.number(),
  sinceGameNs: z.number(),
  sinceTick: z.number(),
  dilation: z.number(),
  stretch: z.number(),
  isPaused: z.boolean(),
  ticksPerSecond: z.number(),
});

/** A clock, read at a moment. */
export const clockReading = z.object({
  gameTimeMs: z.number(),
  realTimeMs: z.number(),
  isPaused: z.boolean(),
  /** Game seconds per real second: as it is wanted, and as it is while the world's owner cannot keep up. */
  dilation: z.number(),
  pace: z.number(),
  ticksPerSecond: z.number(),
  tickNumber: z.number(),
});
export type ClockReading = z.output<typeof clockReading>;

export const skyReading = z.object({
  daypart: z.string(),
  season: z.string(),
  seasonProgress: z.number(),
  year: z.int(),
  dayOfYear: z.int(),
  hour: z.int(),
  minute: z.int(),
  sunAltitudeRad: z.number(),
  sunAzimuthRad: z.number(),
});

/** Annual means at the latitude of the world's spawn, at sea level; null for a room. */
export const climateReading = z.object({ temperatureC: z.number(), rainMmPerYear: z.number() }).nullable();

const fault = z.object({ count: z.int(), atMs: z.number(), reason: z.string(), isQuarantined: z.boolean() });

export const worldRecordSchema = z.object({
  id: worldId,
  name: z.string(),
  ownerId: userId.nullable(),
  status: z.enum(["active", "paused", "generating"]),
  spec: storedSpec,
  createdAtMs: z.number(),
  clock: clock.exactOptional(),
  fault: fault.exactOptional(),
});

export const worldReading = z.object({
  record: worldRecordSchema,
  clock: clockReading,
  sky: skyReading,
  climate: climateReading,
});

const wish = z.object({ principal, requestId, worldId });
const place = z.object({ worldId: z.guid(), createdAtMs: z.number() });

/** The id of the world is the request's. */
export const worldCreate = rpc(
  "world.create",
  z.object({ principal, requestId, name: z.string().max(200), spec: newSpec }),
  worldRecordSchema,
);
/** Oldest first, the lobby before all; `next` is null on the last page. */
export const worldList = rpc(
  "world.list",
  z.object({ after: place.nullable(), limit: z.int().min(1).max(worldsPageMax) }),
  z.object({ worlds: z.array(worldRecordSchema), next: place.nullable() }),
);
export const worldGet = rpc("world.get", z.object({ worldId }), worldReading);
export const worldPause = rpc("world.pause", wish, clockReading);
export const worldResume = rpc("world.resume", wish, clockReading);
export const worldDilation = rpc("world.dilation", wish.extend({ dilation }), clockReading);
/** Lets that much game time pass at once. */
export const worldSimulate = rpc(
  "world.simulate",
  wish.extend({ gameMs: z.int().min(1).max(simulatedMsMax) }),
  clockReading,
);
/** Whoever is there is sent to the lobby first. */
export const worldDelete = rpc("world.delete", wish, z.object({ worldId }));

/** The whole of a world from above. */
export const worldMapAsked = rpc(
  "world.map",
  z.object({ worldId, width: z.int().min(mapWidth.min).max(mapWidth.max), layer: mapLayer }),
  worldMap,
);
/** The same as a picture, a PNG in base64. */
export const worldPictureAsked = rpc(
  "world.picture",
  z.object({
    worldId,
    width: z.int().min(pictureWidth.min).max(pictureWidth.max),
    layer: mapLayer,
    edge: mapEdge.default("drawn"),
  }),
  z.object({ png: z.string().max(pictureBase64Max) }),
);

const moment = z.union([
  z.object({ version: z.int().min(0) }),
  /** By the clock of the world's owner of that time. */
  z.object({ atMs: z.number().min(0) }),
]);
/** What a world was like; `from`: as seen by one who stands there. */
export const worldQuery = rpc(
  "world.query",
  z.object({ principal, worldId, at: moment, from: z.object({ x: z.number(), y: z.number() }).optional() }),
  z.object({
    version: z.int(),
    /** Of the last event before that moment. */
    atMs: z.number(),
    hash: z.string(),
    clock: clockReading,
    sky: skyReading,
    characters: z.array(
      z.object({ id: characterId, name: z.string(), role: z.string(), x: z.number(), y: z.number(), z: z.number() }),
    ),
    text: z.string().nullable(),
  }),
);

/** Answered by the world's owner, once the input is in its stream, has been applied and is committed. */
const actInput = z.object({ input: worldInput });
const actOutput = z.object({ version: z.int(), clock });
export const worldAct = (id: WorldId): Rpc<z.infer<typeof actInput>, z.infer<typeof actOutput>> => ({
  subject: `world.act.${id}`,
  input: actInput,
  output: actOutput,
});

/** Somebody wants a world that may be asleep: whoever it belongs to opens it. News of it may be lost; the stream it is wanted for is not. */
export const worldWanted: News<{ worldId: string }> = {
  subject: "world.wanted",
  message: z.object({ worldId: z.guid() }),
};
