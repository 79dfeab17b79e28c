import type { MapLayer, MapLegend } from "../protocol/world-map.ts";
import type { BiomeClass } from "../sim/biome.ts";
import type { Rgb } from "../sim/picture/canvas.ts";
import {
  bareRamp,
  biomeColours,
  climateColours,
  depthRamp,
  ice,
  lushRamp,
  rainRamp,
  temperatureRamp,
  windRamp,
} from "../sim/picture/colours.ts";
import type { Ramp } from "../sim/picture/palette.ts";
import { type KoppenClass, koppenClasses } from "../sim/planet/koppen.ts";
import { biomeNames } from "./biome-names.ts";

/** What the colours mean in which `paint-map.ts` paints a layer. */
export function mapLegendOf(layer: MapLayer): MapLegend {
  switch (layer) {
    case "biomes":
      return { bars: [bar("Sea floor", "m", depthRamp)], names: [...biomes, frozen] };
    case "elevation":
      return {
        bars: [
          bar("Sea floor", "m", depthRamp),
          bar("Height of green land", "m", lushRamp),
          bar("Height of bare land", "m", bareRamp),
        ],
        names: [frozen],
      };
    case "temperature":
      return { bars: [bar("Mean of the year near the ground", "°C", temperatureRamp)], names: [] };
    case "rain":
      return { bars: [bar("Rain and snow, mean of the year", "mm a day", rainRamp)], names: [] };
    case "climate":
      return { bars: [], names: climateNames };
    case "winds":
      return { bars: [bar("Mean wind of the year", "m/s", windRamp)], names: [] };
  }
}

function bar(title: string, unit: string, { at, colours }: Ramp): MapLegend["bars"][number] {
  return { title, unit, stops: at.map((value, index) => ({ at: value, colour: hex(colours[index]!) })) };
}

const hex = (colour: Rgb): string => `#${colour.map((code) => code.toString(16).padStart(2, "0")).join("")}`;

const frozen = { code: "", name: "Ice and snow", colour: hex(ice) };

const biomes = [...biomeColours].map(([biome, [name, colour]]) => ({
  code: biomeNames[biome as BiomeClass],
  name,
  colour: hex(colour),
}));

const belts: Readonly<Record<string, string>> = { A: "Tropical", C: "Temperate", D: "Cold" };
const rains: Readonly<Record<string, string>> = { f: "rain all year", m: "monsoon", w: "dry winter", s: "dry summer" };
const summers: Readonly<Record<string, string>> = { a: "hot", b: "warm", c: "cool" };

/** "Temperate, rain all year, warm summer": Köppen's letters one by one. */
export function climateInWords(code: KoppenClass): string {
  if (code === "ET") return "Tundra";
  if (code === "EF") return "Everlasting frost";
  const [belt = "", second = "", third = ""] = code;
  if (belt === "B") return `${third === "h" ? "Hot" : "Cold"} ${second === "W" ? "desert" : "steppe"}`;
  const summer = summers[third];
  if (second === "s" && summer !== undefined) return `${belts[belt]}, ${summer} and dry summer`;
  const rest = third === "" ? [] : [summer === undefined ? "bitter winter" : `${summer} summer`];
  return [belts[belt], rains[second], ...rest].join(", ");
}

const climateNames = koppenClasses.map((code, index) => ({
  code,
  name: climateInWords(code),
  colour: hex(climateColours[index]!),
}));
