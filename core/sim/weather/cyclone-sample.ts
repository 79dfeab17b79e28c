import { cos, sin } from "../elementary.ts";
import type { CycloneSeen } from "./observation.ts";
import {
  cycloneScale,
  type CycloneShape,
  hurricaneFromMps,
  innerRadiusM,
  presence,
  pressureDropAt,
  rainAt,
  reachM,
  windAt,
} from "./cyclone-wind.ts";
import { type Planet, spinRate } from "./planet.ts";
import type { Sample, WeatherView } from "./sample.ts";
import { cyclone, cycloneSize, cyclonesMax } from "./state.ts";
import { saturation } from "./tables.ts";

// Tropical cyclones laid over the coarse weather where somebody stands: their wind and pressure (Holland 1980), rain, cloud and damp air. Winds
// blow 20° inwards of the circle (Zhang & Uhlhorn 2012) and are stronger by half of the storm's way on the side where they go with it (Lin & Chavas 2012).

type Point = { readonly x: number; readonly y: number; readonly z: number };
type Middle = Point & { readonly id: number; readonly east: number; readonly north: number; readonly maxMps: number };

const inflowRad = (20 * Math.PI) / 180;
const ofItsWay = 0.5;
/** Of the wind of the lowest layer at 10 m over the sea (observe.ts): what is laid over the layer is larger by it. */
export const layerToSurface = 0.78;
const eyeShare = 0.45;
/** Somebody knows of a cyclone that is this many reaches away. */
const knownReaches = 1.5;

/** Changes the sample; tells of the nearest cyclone that is not too far away to be known of. */
export function layCyclones(view: WeatherView, sample: Sample, planet: Planet, at: Point): CycloneSeen | null {
  let nearest: CycloneSeen | null = null;
  const scale = cycloneScale(planet.radiusM);
  for (let slot = 0; slot < cyclonesMax * cycloneSize; slot += cycloneSize) {
    if (view.state.cyclones[slot] === 0 && (view.next?.state.cyclones[slot] ?? 0) === 0) continue;
    for (const middle of middlesAt(view, slot)) {
      const seen = layOne(sample, planet, scale, at, middle);
      if (seen !== null && seen.distanceM < (nearest?.distanceM ?? Infinity)) nearest = seen;
    }
  }
  return nearest;
}

/** Between two moments: one that lives on has moved, one that ends or begins is weaker. */
function middlesAt({ state, next }: WeatherView, slot: number): Middle[] {
  const now = state.cyclones[slot + cyclone.id]!;
  const later = next?.state.cyclones[slot + cyclone.id] ?? now;
  const share = next?.share ?? 0;
  const all: Middle[] = [];
  if (next !== undefined && later !== 0 && now === later)
    return [between(middleOf(state.cyclones, slot, 1), middleOf(next.state.cyclones, slot, 1), share)];
  if (now !== 0) all.push(middleOf(state.cyclones, slot, next === undefined ? 1 : 1 - share));
  if (next !== undefined && later !== 0) all.push(middleOf(next.state.cyclones, slot, share));
  return all.filter(({ maxMps }) => maxMps > 1);
}

const middleOf = (all: Float64Array, slot: number, strength: number): Middle => ({
  id: all[slot + cyclone.id]!,
  x: all[slot + cyclone.x]!,
  y: all[slot + cyclone.y]!,
  z: all[slot + cyclone.z]!,
  east: all[slot + cyclone.east]!,
  north: all[slot + cyclone.north]!,
  maxMps: strength * all[slot + cyclone.maxMps]!,
});

function between(from: Middle, to: Middle, share: number): Middle {
  const at = (name: Exclude<keyof Middle, "id">) => from[name] + share * (to[name] - from[name]);
  const [x, y, z] = [at("x"), at("y"), at("z")];
  const length = Math.hypot(x, y, z);
  const unit = { x: x / length, y: y / length, z: z / length };
  return { ...unit, id: from.id, east: at("east"), north: at("north"), maxMps: at("maxMps") };
}

function layOne(sample: Sample, planet: Planet, scale: number, at: Point, middle: Middle): CycloneSeen | null {
  const chord = Math.hypot(at.x - middle.x, at.y - middle.y, at.z - middle.z);
  const distanceM = 2 * planet.radiusM * Math.asin(Math.min(1, chord / 2));
  if (distanceM > knownReaches * reachM(scale)) return null;
  const [outEast, outNorth] = awayFrom(at, middle);
  const coriolis = 2 * spinRate(planet) * middle.z;
  const shape: CycloneShape = {
    maxMps: middle.maxMps,
    innerM: innerRadiusM(middle.maxMps, Math.asin(middle.z), scale),
    coriolis: Math.abs(coriolis),
    scale,
  };
  if (distanceM < reachM(scale))
    lay(sample, shape, middle, { distanceM, outEast, outNorth, side: Math.sign(coriolis) });
  return {
    id: middle.id,
    maxMps: middle.maxMps,
    distanceM,
    bearingRad: turn(Math.atan2(-outEast, -outNorth)),
    closingMps: middle.east * outEast + middle.north * outNorth,
    reaches: distanceM / reachM(scale),
    isEye: isEye(shape, distanceM),
  };
}

const turn = (angle: number): number => (angle < 0 ? angle + 2 * Math.PI : angle);

const isEye = ({ maxMps, innerM }: CycloneShape, distanceM: number): boolean =>
  maxMps >= hurricaneFromMps && distanceM < eyeShare * innerM;

/** To the east and to the north, from the middle to here, as it is here. */
function awayFrom({ x, y, z }: Point, middle: Point): [number, number] {
  const [dx, dy, dz] = [x - middle.x, y - middle.y, z - middle.z];
  const flat = Math.max(1e-9, Math.hypot(x, y));
  const east = (-y * dx + x * dy) / flat;
  const north = (-z * x * dx - z * y * dy) / flat + flat * dz;
  const length = Math.hypot(east, north);
  return length < 1e-12 ? [0, 1] : [east / length, north / length];
}

type Where = { distanceM: number; outEast: number; outNorth: number; side: number };

function lay(sample: Sample, shape: CycloneShape, middle: Middle, where: Where): void {
  const { distanceM, outEast, outNorth, side } = where;
  const share = presence(distanceM, shape.scale);
  const wind = (share * windAt(shape, distanceM)) / layerToSurface;
  const carried = (ofItsWay * wind) / Math.max(1, shape.maxMps);
  const along = side * wind * cos(inflowRad);
  const inwards = wind * sin(inflowRad);
  sample.east += -outNorth * along - outEast * inwards + carried * middle.east;
  sample.north += outEast * along - outNorth * inwards + carried * middle.north;
  sample.pressurePa -= share * pressureDropAt(shape, distanceM);
  const rain = share * rainAt(shape, distanceM);
  const inEye = isEye(shape, distanceM);
  if (!inEye) sample.falling += rain / 3600;
  const shield = Math.min(1, rain / 1.5);
  sample.cloud = inEye ? Math.min(sample.cloud, 0.3) : Math.max(sample.cloud, shield);
  const damp = 0.93 * saturation(sample.airK, sample.pressurePa);
  sample.humidity = Math.max(sample.humidity, sample.humidity + shield * (damp - sample.humidity));
}
