import {
  worldCreate,
  worldDelete,
  worldDilation,
  worldGet,
  worldList,
  worldMapAsked,
  worldPause,
  worldPictureAsked,
  worldQuery,
  worldResume,
  worldSimulate,
} from "#core/protocol/world-subjects.ts";
import { worldWeatherAsked } from "#core/protocol/world-weather.ts";
import { inlineWorlds } from "#core/world/service.ts";
import { lane } from "../lib/lane.ts";
import type { WorldContext } from "./context.ts";

/** Each may wait for a world to be woken. */
export const actsUnderWayMax = 200;
export const lookupsUnderWayMax = 1_000;
/** Each may replay much of a log. */
export const queriesUnderWayMax = 2;

type Served = { stop(): Promise<void> };

/** Answers `world.*`, whoever owns the world that is meant. One that is slow to wake holds up nobody's look-up. */
export function serveWorlds(
  ctx: Pick<WorldContext, "bus" | "worlds" | "planets" | "worldLog" | "clock" | "mapPicture">,
): Served {
  const { bus } = ctx;
  const worlds = inlineWorlds(ctx);
  const acts = lane(actsUnderWayMax);
  const lookups = lane(lookupsUnderWayMax);
  const queries = lane(queriesUnderWayMax);
  const stops = [
    bus.serve(worldCreate, ({ spec, ...input }) =>
      lookups(async () => asWire(await worlds.create({ ...input, spec }))),
    ),
    bus.serve(worldList, (input) => lookups(async () => asWire(await worlds.list(input)))),
    bus.serve(worldGet, (input) => lookups(async () => asWire(await worlds.get(input)))),
    bus.serve(worldPause, (wish) => acts(() => worlds.pause(wish))),
    bus.serve(worldResume, (wish) => acts(() => worlds.resume(wish))),
    bus.serve(worldDilation, (wish) => acts(() => worlds.setDilation(wish))),
    bus.serve(worldSimulate, (wish) => acts(() => worlds.simulate(wish))),
    bus.serve(worldDelete, (wish) => acts(() => worlds.delete(wish))),
    bus.serve(worldMapAsked, (asked) => queries(() => worlds.map(asked))),
    bus.serve(worldPictureAsked, (asked) => queries(() => worlds.picture(asked))),
    bus.serve(worldWeatherAsked, (asked) => lookups(() => worlds.weather(asked))),
    bus.serve(worldQuery, ({ from, ...query }) =>
      queries(async () => asWire(await worlds.query(from === undefined ? query : { ...query, from }))),
    ),
  ];
  return { stop: async () => void (await Promise.all(stops.map((stop) => stop()))) };
}

/** Records are readonly inside; what zod infers for the wire is not. */
const asWire = (value: unknown): never => value as never;
