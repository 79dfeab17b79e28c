import type { WeatherGrid } from "#core/protocol/world-weather.ts";

// The air over a world between two tellings of the server, as colours to lay over its map.

export const airLayers = ["clouds", "wind", "warmth"] as const;
export type AirLayer = (typeof airLayers)[number];

/** What is known of the air: the last two tellings, and when the later one came, ms of the page's clock. */
export type Air = { readonly before: WeatherGrid; readonly now: WeatherGrid; readonly cameMs: number };

/** The next telling joins what is known; one that says the same again changes nothing. */
export function joined(air: Air | null, told: WeatherGrid, cameMs: number): Air {
  if (air === null || air.now.grid_width !== told.grid_width) return { before: told, now: told, cameMs };
  return air.now.game_time_ms === told.game_time_ms ? air : { before: air.now, now: told, cameMs };
}

/** How far one has come from the one telling to the other, when they come this often. */
export const shareBetween = ({ cameMs }: Air, nowMs: number, everyMs: number): number =>
  Math.min(1, Math.max(0, (nowMs - cameMs) / everyMs));

type Field = "temperature" | "wind_east" | "wind_north" | "cloud" | "rain";

/** Of a cell, rows from the south. */
export function valueIn({ before, now }: Air, field: Field, cell: number, share: number): number {
  const from = before[field][cell] ?? 0;
  return from + share * ((now[field][cell] ?? 0) - from);
}

/** Colours over a world: four bytes a pixel, rows from the north, the last its opacity. */
export type Veil = { readonly width: number; readonly height: number; readonly rgba: Uint8ClampedArray };

/** Pixels for a cell: between them it runs smoothly. */
const finer = 4;

export function veilOf(air: Air, layer: "clouds" | "warmth", share: number, isRound: boolean): Veil {
  const { grid_width: columns, grid_height: rows } = air.now;
  const [width, height] = [columns * finer, rows * finer];
  const rgba = new Uint8ClampedArray(4 * width * height);
  const read = (field: Field) => smooth(air, field, share, isRound);
  if (layer === "warmth") {
    const warmth = read("temperature");
    for (let p = 0; p < width * height; p++) putWarmth(rgba, 4 * p, warmth[p]!);
  } else {
    const [cloud, rain] = [read("cloud"), read("rain")];
    for (let p = 0; p < width * height; p++) putCloud(rgba, 4 * p, cloud[p]!, rain[p]!);
  }
  return { width, height, rgba };
}

/** A field in the veil's pixels, by quadratic splines: without corners, and never beyond what was told. */
function smooth(air: Air, field: Field, share: number, isRound: boolean): Float32Array {
  const { grid_width: columns, grid_height: rows } = air.now;
  const [width, height] = [columns * finer, rows * finer];
  const wide = new Float32Array(width * rows);
  for (let y = 0; y < rows; y++) {
    // Told from the south, kept from the north.
    const at = (x: number) => valueIn(air, field, (rows - 1 - y) * columns + x, share);
    for (let x = 0; x < width; x++) {
      wide[y * width + x] = spline(x, (cell) =>
        at(isRound ? (cell + columns) % columns : Math.min(columns - 1, Math.max(0, cell))),
      );
    }
  }
  const out = new Float32Array(width * height);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      out[y * width + x] = spline(y, (cell) => wide[Math.min(rows - 1, Math.max(0, cell)) * width + x]!);
    }
  }
  return out;
}

function spline(pixel: number, at: (cell: number) => number): number {
  const place = (pixel + 0.5) / finer - 0.5;
  const cell = Math.round(place);
  const off = place - cell;
  return 0.5 * (0.5 - off) ** 2 * at(cell - 1) + (0.75 - off * off) * at(cell) + 0.5 * (0.5 + off) ** 2 * at(cell + 1);
}

export type Rgb = readonly [red: number, green: number, blue: number];

/** mm an hour, from drizzle to cloudburst. */
export const rainStops: readonly (readonly [mmH: number, colour: Rgb])[] = [
  [0.1, [150, 176, 206]],
  [1, [84, 124, 190]],
  [4, [62, 72, 166]],
  [12, [120, 40, 140]],
];
export const cloudColour: Rgb = [250, 251, 252];
/** °C. */
export const warmthStops: readonly (readonly [celsius: number, colour: Rgb])[] = [
  [-40, [63, 58, 143]],
  [-15, [104, 163, 209]],
  [0, [226, 238, 240]],
  [12, [246, 214, 138]],
  [25, [224, 110, 66]],
  [40, [110, 24, 54]],
];

function putCloud(rgba: Uint8ClampedArray, at: number, cloud: number, rain: number): void {
  const wet = Math.min(1, Math.max(0, Math.log2(rain / 0.05) / 4));
  const colour = colourOf(rainStops, rain);
  for (let channel = 0; channel < 3; channel++)
    rgba[at + channel] = cloudColour[channel]! + wet * (colour[channel]! - cloudColour[channel]!);
  rgba[at + 3] = 255 * Math.max(0.88 * cloud ** 1.4, 0.88 * wet);
}

function putWarmth(rgba: Uint8ClampedArray, at: number, celsius: number): void {
  rgba.set(colourOf(warmthStops, celsius), at);
  rgba[at + 3] = 218;
}

function colourOf(stops: readonly (readonly [number, Rgb])[], value: number): Rgb {
  const above = stops.findIndex(([at]) => value < at);
  if (above === 0) return stops[0]![1];
  if (above < 0) return stops.at(-1)![1];
  const [low, from] = stops[above - 1]!;
  const [high, to] = stops[above]!;
  const share = (value - low) / (high - low);
  return [
    from[0] + share * (to[0] - from[0]),
    from[1] + share * (to[1] - from[1]),
    from[2] + share * (to[2] - from[2]),
  ];
}
