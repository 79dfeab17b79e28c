import { fbm, smoothstep } from "../noise.ts";
import { lapseRate } from "../planet/normals.ts";
import { createPicture, type Picture } from "./canvas.ts";
import type { ClimateFields } from "./climate-fields.ts";
import {
  bareRamp,
  biomeColours,
  climateColours,
  depthRamp,
  ice,
  lushRamp,
  night,
  paper,
  rainRamp,
  temperatureRamp,
  water,
  windRamp,
} from "./colours.ts";
import { mixInto, putColour, rgb } from "./palette.ts";
import type { Scene } from "./scene.ts";
import { lookAt, valueOf } from "./spread.ts";

// The colour of each pixel of the globe, before lines are drawn on it.

export const layers = ["relief", "biomes", "temperature", "precipitation", "winds", "climate"] as const;
export type Layer = (typeof layers)[number];

export const isDark = (layer: Layer) => layer === "winds";

/** Puts into `out` the colour of a pixel; the climate's spread has been laid at it. */
type Painter = (out: Float64Array, p: number) => void;

export function paintGlobe(scene: Scene, climate: ClimateFields, shade_p: Float32Array, layer: Layer): Picture {
  const { width, height, cell_p, place_p } = scene;
  const picture = createPicture(width, height, isDark(layer) ? night : paper);
  const paint = painters[layer](scene, climate);
  const relief = shadeOf[layer];
  const out = new Float64Array(3);
  let near = 0;
  for (let p = 0; p < cell_p.length; p++) {
    if (cell_p[p]! < 0) continue;
    near = lookAt(climate.spread, place_p[3 * p]!, place_p[3 * p + 1]!, place_p[3 * p + 2]!, near);
    paint(out, p);
    const light = 1 + (shade_p[p]! - 1) * (scene.elevation_p[p]! > 0 ? relief.land : relief.sea);
    for (let channel = 0; channel < 3; channel++) {
      const colour = out[channel]!;
      // Shadow darkens towards black, light lifts towards white.
      picture.rgba[4 * p + channel] = light <= 1 ? colour * light : colour + (255 - colour) * (light - 1);
    }
  }
  return picture;
}

/** How strongly slopes show. */
const shadeOf: Record<Layer, { land: number; sea: number }> = {
  relief: { land: 1, sea: 0.8 },
  biomes: { land: 0.75, sea: 0.6 },
  temperature: { land: 0.4, sea: 0.15 },
  precipitation: { land: 0.4, sea: 0.15 },
  winds: { land: 0.5, sea: 0 },
  climate: { land: 0.6, sea: 0.5 },
};

const painters: Record<Layer, (scene: Scene, climate: ClimateFields) => Painter> = {
  relief: paintRelief,
  biomes: paintBiomes,
  temperature:
    ({ elevation_p }, { spread, meanC_c }) =>
    (out, p) =>
      putColour(out, temperatureRamp, valueOf(spread, meanC_c) - lapseRate * Math.max(0, elevation_p[p]!)),
  precipitation:
    (_, { spread, rain_c }) =>
    (out) =>
      putColour(out, rainRamp, valueOf(spread, rain_c)),
  winds:
    (scene, { spread, east_c, north_c }) =>
    (out, p) => {
      const east = valueOf(spread, east_c);
      const north = valueOf(spread, north_c);
      putColour(out, windRamp, Math.sqrt(east * east + north * north));
      if (scene.elevation_p[p]! > 0) mixInto(out, landUnderWind, 0.22);
    },
  climate: (scene, climate) => (out, p) => {
    if (scene.elevation_p[p]! <= 0) return paintSea(scene, climate, out, p);
    out.set(climateColours[scene.planet.koppen_c[scene.cell_p[p]!]!]!);
  },
};

const landUnderWind = rgb("#bec4cd");

function paintRelief(scene: Scene, climate: ClimateFields): Painter {
  const { elevation_p, plants_p, cell_p, planet } = scene;
  const bare = new Float64Array(3);
  return (out, p) => {
    const height = elevation_p[p]!;
    if (height <= 0) return paintSea(scene, climate, out, p);
    if (planet.lake_c[cell_p[p]!]! !== 0) {
      out.set(water);
      return paintCold(scene, climate, out, p);
    }
    putColour(out, lushRamp, height);
    putColour(bare, bareRamp, height);
    const dry = 1 - smoothstep(0.08, 0.5, plants_p[p]!);
    mixInto(out, [bare[0]!, bare[1]!, bare[2]!], dry);
    paintCold(scene, climate, out, p);
  };
}

/** Bare stone and lichen where it is cold, and snow that summer does not melt. */
function paintCold({ elevation_p }: Scene, { spread, warmestC_c }: ClimateFields, out: Float64Array, p: number): void {
  const warmest = valueOf(spread, warmestC_c) - lapseRate * elevation_p[p]!;
  mixInto(out, tundra, 0.75 * (1 - smoothstep(4, 12, warmest)));
  mixInto(out, ice, 0.96 * (1 - smoothstep(-1.5, 3.5, warmest)));
}

const tundra = rgb("#9e9c8c");

function paintSea(scene: Scene, { spread, frozen_c }: ClimateFields, out: Float64Array, p: number): void {
  putColour(out, depthRamp, scene.elevation_p[p]!);
  const frozen = valueOf(spread, frozen_c);
  if (frozen < 0.02) return;
  // Floes: the less of the year is frozen, the more broken.
  const at = 3 * p;
  const [x, y, z] = [scene.place_p[at]!, scene.place_p[at + 1]!, scene.place_p[at + 2]!];
  const floes = fbm(scene.planet.spec.seed % 2 ** 31, 26 * x, 26 * y, 26 * z, 4, 0.6);
  const share = smoothstep(0.32, 0.62, frozen + 0.16 * floes);
  mixInto(out, ice, 0.18 * smoothstep(0.05, 0.4, frozen) + 0.76 * share);
}

/** Land that noise made beyond every cell of land. */
const unnamed = rgb("#b7b8a6");

function paintBiomes(scene: Scene, climate: ClimateFields): Painter {
  const { biome_p, elevation_p } = scene;
  return (out, p) => {
    const height = elevation_p[p]!;
    if (height <= 0) return paintSea(scene, climate, out, p);
    out.set(biomeColours.get(biome_p[p]!)?.[1] ?? unnamed);
    const warmest = valueOf(climate.spread, climate.warmestC_c) - lapseRate * height;
    mixInto(out, ice, 0.9 * (1 - smoothstep(-3, 1, warmest)));
  };
}
