import { biomeClass, type BiomeClass } from "../biome.ts";
import { blendMask, createMask, createPicture, type Picture, strokeLine } from "./canvas.ts";
import {
  bareRamp,
  biomeColours,
  coastInk,
  depthRamp,
  ice,
  lushRamp,
  paper,
  rainRamp,
  temperatureRamp,
  water,
} from "./colours.ts";
import { drawShores } from "./lines.ts";
import type { Layer } from "./paint.ts";
import { mixInto, putColour, rgb } from "./palette.ts";
import { lightOn } from "./shade.ts";

// Land that is known point by point, with no cells behind it, as a picture: each pixel is looked at once. Hills are lit as if the land's usual slope
// were the same on every map, so that a valley of a few kilometres shows its banks and a continent its ranges. Index kind: _p a pixel.

export type LandLook = {
  /** Metres; of the bed where there is water. */
  readonly elevationM: number;
  /** 0 on dry ground. */
  readonly waterDepthM: number;
  readonly biome: BiomeClass;
  /** Means of the year. */
  readonly temperatureC: number;
  readonly rainMmDay: number;
};

export type LandPictureOptions = {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Of a pixel across. */
  readonly pixelM: number;
  readonly layer: Exclude<Layer, "winds" | "climate">;
  /** From the west and from the north, 0 … 1; null where there is no land and no sea. */
  lookAt(west: number, north: number): LandLook | null;
};

export type LandPicture = {
  readonly picture: Picture;
  /** −1 where there is nothing. */
  readonly cell_p: Int32Array;
};

/** Cost: 1 µs a pixel, and the look. */
export function landPicture(options: LandPictureOptions): LandPicture {
  const { width, height, lookAt, layer } = options;
  const picture = createPicture(width, height, paper);
  const looks: (LandLook | null)[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) looks.push(lookAt((x + 0.5) / width, (y + 0.5) / height));
  }
  const light_p = lights(looks, options);
  const out = new Float64Array(3);
  const depth = shadeOf[layer];
  for (const [p, look] of looks.entries()) {
    if (look === null) continue;
    painters[layer](out, look);
    const light = 1 + (light_p[p]! - 1) * depth;
    for (let channel = 0; channel < 3; channel++) {
      const colour = out[channel]!;
      picture.rgba[4 * p + channel] = light <= 1 ? colour * light : colour + (255 - colour) * (light - 1);
    }
  }
  const cell_p = Int32Array.from(looks, (look) => (look === null ? -1 : 0));
  const isLand = (p: number) => looks[p]?.waterDepthM === 0;
  drawShores(picture, { width, height, samples: 1, cell_p }, isLand, coastInk, 0.4);
  return { picture, cell_p };
}

/** A thing that stands there: a dot with a rim, at x and y from the west and from the north, 0 … 1. */
export function drawThing(
  picture: Picture,
  at: readonly [west: number, north: number],
  { radiusPx, colour }: { readonly radiusPx: number; readonly colour: string },
): void {
  const [x, y] = [at[0] * picture.width, at[1] * picture.height];
  for (const [ink, grown] of [[coastInk, 1.5] as const, [rgb(colour), 0] as const]) {
    const mask = createMask(picture.width, picture.height);
    strokeLine(mask, [x, y, x, y], 2 * (radiusPx + grown));
    blendMask(picture, mask, ink, 1);
  }
}

/** How strongly slopes show. */
const shadeOf = { relief: 1, biomes: 0.75, temperature: 0.4, precipitation: 0.4 } as const;
/** How steep the usual slope of a map is made. */
const usualSlope = 0.28;

function lights(
  looks: readonly (LandLook | null)[],
  { width, height, pixelM }: Pick<LandPictureOptions, "width" | "height" | "pixelM">,
): Float32Array {
  const light_p = new Float32Array(width * height).fill(1);
  const east_p = new Float32Array(width * height);
  const north_p = new Float32Array(width * height);
  let [squares, count] = [0, 0];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const p = y * width + x;
      const [here, w, e, n, s] = [looks[p], looks[p - 1], looks[p + 1], looks[p - width], looks[p + width]];
      if (!here || !w || !e || !n || !s || here.waterDepthM > 0) continue;
      east_p[p] = (surfaceM(e) - surfaceM(w)) / (2 * pixelM);
      north_p[p] = (surfaceM(n) - surfaceM(s)) / (2 * pixelM);
      squares += east_p[p] ** 2 + north_p[p] ** 2;
      count++;
    }
  }
  const usual = Math.sqrt(squares / Math.max(1, count));
  if (usual === 0) return light_p;
  const scale = usualSlope / usual;
  for (let p = 0; p < light_p.length; p++) light_p[p] = lightOn(east_p[p]! * scale, north_p[p]! * scale);
  return light_p;
}

const surfaceM = ({ elevationM, waterDepthM }: LandLook): number => elevationM + waterDepthM;

type Painter = (out: Float64Array, look: LandLook) => void;

const painters: Record<LandPictureOptions["layer"], Painter> = {
  relief(out, look) {
    if (look.waterDepthM > 0) return paintWater(out, look);
    const bare = new Float64Array(3);
    putColour(out, lushRamp, look.elevationM);
    putColour(bare, bareRamp, look.elevationM);
    mixInto(out, [bare[0]!, bare[1]!, bare[2]!], bareness[look.biome] ?? 0);
    // What grows shows a little: on low land nothing else would.
    mixInto(out, biomeColours.get(look.biome)?.[1] ?? water, 0.25);
    if (look.temperatureC < -8) mixInto(out, ice, 0.85);
  },
  biomes(out, look) {
    if (look.waterDepthM > 0) return paintWater(out, look);
    out.set(biomeColours.get(look.biome)?.[1] ?? water);
  },
  temperature: (out, look) => putColour(out, temperatureRamp, look.temperatureC),
  precipitation: (out, look) => putColour(out, rainRamp, look.rainMmDay),
};

const bareness: Partial<Record<BiomeClass, number>> = {
  [biomeClass.desert]: 1,
  [biomeClass.savanna]: 0.5,
  [biomeClass.grassland]: 0.2,
  [biomeClass.tundra]: 0.6,
  [biomeClass.mountain]: 0.5,
};

function paintWater(out: Float64Array, { biome, waterDepthM }: LandLook): void {
  if (biome === biomeClass.ocean) return putColour(out, depthRamp, -waterDepthM);
  out.set(water);
}
