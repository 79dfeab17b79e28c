import type { WorldId } from "../lib/ids.ts";
import type { Bus } from "../ports/bus.ts";
import type { Planets } from "../ports/planets.ts";
import type { WorldLog } from "../ports/world-log.ts";
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
} from "../protocol/world-subjects.ts";
import { type ActContext, actTimeoutMs, type Wish } from "./act-on-world.ts";
import { changeClock } from "./change-clock.ts";
import { type CreateWorld, createWorld } from "./create-world.ts";
import { deleteWorld } from "./delete-world.ts";
import { getWorld, type WorldReading } from "./get-world.ts";
import { listWorlds, type WorldsPage } from "./list-worlds.ts";
import { createMaps, type MapContext, type Maps } from "./look-at-map.ts";
import { queryWorld, type WorldQuery, type WorldThen } from "./query-world.ts";
import type { ClockReading } from "./read-clock.ts";
import { simulateWorld } from "./simulate-world.ts";
import type { WorldRecord } from "./spec.ts";
import { lookAtWeather } from "./weather/look-at-weather.ts";
import { type WorldWeather, worldWeatherAsked } from "../protocol/world-weather.ts";

/** The verbs of worlds, wherever they run. Who asks was checked by whoever calls them: a `Principal` is believed. */
export type WorldVerbs = {
  create(input: CreateWorld): Promise<WorldRecord>;
  list(input: Parameters<typeof listWorlds>[1]): Promise<WorldsPage>;
  get(input: { readonly worldId: WorldId }): Promise<WorldReading>;
  pause(wish: Wish): Promise<ClockReading>;
  resume(wish: Wish): Promise<ClockReading>;
  setDilation(wish: Wish & { readonly dilation: number }): Promise<ClockReading>;
  simulate(wish: Wish & { readonly gameMs: number }): Promise<ClockReading>;
  delete(wish: Wish): Promise<{ readonly worldId: WorldId }>;
  map: Maps["map"];
  picture: Maps["picture"];
  weather(input: { readonly worldId: WorldId }): Promise<WorldWeather>;
  query(query: WorldQuery): Promise<WorldThen>;
};

export type WorldVerbsContext = ActContext & { readonly worldLog: WorldLog; readonly planets: Planets } & Pick<
    MapContext,
    "mapPicture"
  >;

export function inlineWorlds(ctx: WorldVerbsContext): WorldVerbs {
  const maps = createMaps(ctx);
  return {
    map: maps.map,
    picture: maps.picture,
    weather: (input) => lookAtWeather(ctx, input),
    create: (input) => createWorld(ctx, input),
    list: (input) => listWorlds(ctx, input),
    get: (input) => getWorld(ctx, input),
    pause: (wish) => changeClock(ctx, { ...wish, change: { kind: "pause" } }),
    resume: (wish) => changeClock(ctx, { ...wish, change: { kind: "resume" } }),
    setDilation: ({ dilation, ...wish }) => changeClock(ctx, { ...wish, change: { kind: "dilation", dilation } }),
    simulate: (wish) => simulateWorld(ctx, wish),
    delete: (wish) => deleteWorld(ctx, wish),
    query: (query) => queryWorld(ctx, query),
  };
}

const lookupMs = 3_000;
/** The worker's own deadline comes first, so that its words are heard. */
const actMs = actTimeoutMs + 1_000;
const queryMs = 10_000;

/** Beside the refusals of the verbs: UNAVAILABLE when nobody serves or too much is asked, TIMEOUT past the verb's time. */
export function remoteWorlds(bus: Bus): WorldVerbs {
  return {
    create: (input) => bus.request(worldCreate, input as never, { timeoutMs: lookupMs }),
    list: (input) => bus.request(worldList, input, { timeoutMs: lookupMs }),
    get: (input) => bus.request(worldGet, input, { timeoutMs: lookupMs }) as Promise<WorldReading>,
    pause: (wish) => bus.request(worldPause, wish, { timeoutMs: actMs }),
    resume: (wish) => bus.request(worldResume, wish, { timeoutMs: actMs }),
    setDilation: (wish) => bus.request(worldDilation, wish, { timeoutMs: actMs }),
    simulate: (wish) => bus.request(worldSimulate, wish, { timeoutMs: actMs }),
    delete: (wish) => bus.request(worldDelete, wish, { timeoutMs: actMs }),
    map: (asked) => bus.request(worldMapAsked, asked, { timeoutMs: queryMs }),
    picture: (asked) => bus.request(worldPictureAsked, asked, { timeoutMs: queryMs }),
    weather: (input) => bus.request(worldWeatherAsked, input, { timeoutMs: lookupMs }),
    query: (query) => bus.request(worldQuery, query as never, { timeoutMs: queryMs }) as Promise<WorldThen>,
  };
}
