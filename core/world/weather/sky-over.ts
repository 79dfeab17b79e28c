import type { Observation } from "../../sim/weather/observation.ts";
import { type ObservedPlace, observe } from "../../sim/weather/observe.ts";
import type { WeatherView } from "../../sim/weather/sample.ts";
import { type Position, travel } from "../space.ts";
import type { Place } from "../scene.ts";
import { inAir, planetOf } from "./air.ts";

/** The weather of a world at one moment: a fact of a turn. It stands still while the turn is played. */
export type SkyOver = {
  /** With the slopes around, for who looks: some 0.15 ms on a planet. */
  observe(position: Position): Observation;
  /** Without them, for what is far away or asked for often: some 0.01 ms. */
  observeFar(position: Position): Observation;
};

/** Places that one turn remembers. */
const rememberedMax = 1000;

/** `view` is to be good for as long as this is used. */
export function skyOver(place: Place, view: WeatherView, timeS: number): SkyOver {
  const planet = planetOf(place.spec);
  const { seed } = place.spec;
  const remembering = (placeAt: typeof flatPlace): SkyOver["observe"] => {
    const known = new Map<string, Observation>();
    return (position) => {
      const key = `${position.x} ${position.y}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      const seen = observe(view, planet, seed, placeAt(place, position), timeS);
      if (known.size < rememberedMax) known.set(key, seen);
      return seen;
    };
  };
  return { observe: remembering(observedPlace), observeFar: remembering(flatPlace) };
}

/** The land around counts but for worlds that end somewhere: nothing is known of what lies beyond. */
export function observedPlace(place: Place, position: Position): ObservedPlace {
  const { spec, terrain } = place;
  if (spec.bounds !== null) return flatPlace(place, position);
  return {
    ...flatPlace(place, position),
    relief: (eastM, northM) => {
      const there = travel(spec, position, Math.atan2(eastM, northM), Math.hypot(eastM, northM));
      return Math.max(0, terrain.groundAt(there.x, there.y).elevationM);
    },
  };
}

export function flatPlace({ spec, terrain }: Place, position: Position): ObservedPlace {
  const { elevationM, isWater, biome } = terrain.groundAt(position.x, position.y);
  const isSea = isWater && biome === "Ocean";
  return { ...inAir(spec, position), elevationM: isSea ? 0 : elevationM, isSea };
}
