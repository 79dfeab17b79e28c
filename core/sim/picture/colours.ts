import { biomeClass } from "../biome.ts";
import { type KoppenClass, koppenClasses } from "../planet/koppen.ts";
import { ramp, rgb } from "./palette.ts";

// The colours of the maps. Each ramp rises or falls evenly in lightness over its range, or (temperature) towards both sides of a pale middle, so that
// it reads in grey too.

/** Metres below the sea: from shelves to trenches. */
export const depthRamp = ramp(
  [-9000, "#0b1c3c"],
  [-6500, "#12305a"],
  [-4800, "#1c4a7d"],
  [-3500, "#2a6499"],
  [-2200, "#4584b3"],
  [-900, "#6ba6c9"],
  [-200, "#97c7da"],
  [0, "#b9dde4"],
);

/** Metres above it, where plants grow thick, and where none do. */
export const lushRamp = ramp(
  [0, "#4f8f5b"],
  [200, "#639c5e"],
  [600, "#8aab63"],
  [1200, "#b3b36f"],
  [2000, "#b59a6a"],
  [3000, "#9b7d62"],
  [4200, "#8d8078"],
  [6000, "#c9c4c0"],
  [8000, "#f3f1ef"],
);
export const bareRamp = ramp(
  [0, "#e3d2a4"],
  [200, "#e2cb98"],
  [600, "#dcbd85"],
  [1200, "#cfa571"],
  [2000, "#b78a62"],
  [3000, "#9a7660"],
  [4200, "#8d7d77"],
  [6000, "#c9c4c0"],
  [8000, "#f3f1ef"],
);

export const temperatureRamp = ramp(
  [-60, "#2b1a52"],
  [-45, "#3f3a8f"],
  [-30, "#3f6cb8"],
  [-15, "#68a3d1"],
  [-5, "#aad0e4"],
  [0, "#e2eef0"],
  [5, "#f6efcf"],
  [12, "#f6d68a"],
  [20, "#ee9f52"],
  [27, "#d95f3c"],
  [34, "#a92a3c"],
  [45, "#5b1233"],
);

/** mm a day. */
export const rainRamp = ramp(
  [0, "#f3e4c3"],
  [0.25, "#ecd9a8"],
  [0.7, "#d8d99a"],
  [1.4, "#a9cf9b"],
  [2.5, "#6dbba3"],
  [4, "#389ca8"],
  [6, "#22739f"],
  [9, "#234a87"],
  [14, "#2a2360"],
  [22, "#170d38"],
);

/** m/s. */
export const windRamp = ramp(
  [0, "#10172b"],
  [2, "#17304a"],
  [4, "#1d4f63"],
  [6, "#247471"],
  [8, "#4d9a72"],
  [11, "#97ba6c"],
  [15, "#e0cf78"],
  [22, "#fbf0c4"],
);

export const biomeColours: ReadonlyMap<number, readonly [name: string, colour: readonly [number, number, number]]> =
  new Map([
    [biomeClass.rainforest, ["Rainforest", rgb("#1f6b3a")]],
    [biomeClass.deciduousForest, ["Deciduous forest", rgb("#5c9a4b")]],
    [biomeClass.taiga, ["Taiga", rgb("#3f7468")]],
    [biomeClass.grassland, ["Grassland", rgb("#b9c46a")]],
    [biomeClass.savanna, ["Savanna", rgb("#d8b655")]],
    [biomeClass.desert, ["Desert", rgb("#ecd9a6")]],
    [biomeClass.wetland, ["Wetland", rgb("#4fa08f")]],
    [biomeClass.tundra, ["Tundra", rgb("#b7b8a6")]],
    [biomeClass.alpine, ["Alpine", rgb("#dcdde0")]],
    [biomeClass.mountain, ["Mountain", rgb("#8f7766")]],
    [biomeClass.lake, ["Lake", rgb("#5c9bc4")]],
  ]);

// Those that maps of these classes have had since Peel, Finlayson & McMahon 2007.
const ofClimate: Record<KoppenClass, string> = {
  Af: "#0000ff", Am: "#0078ff", Aw: "#46aafa",
  BWh: "#ff0000", BWk: "#ff9696", BSh: "#f5a500", BSk: "#ffdc64",
  Csa: "#ffff00", Csb: "#c8c800", Csc: "#969600", Cwa: "#96ff96", Cwb: "#63c764", Cwc: "#329633",
  Cfa: "#c8ff50", Cfb: "#64ff50", Cfc: "#32c800",
  Dsa: "#ff00ff", Dsb: "#c800c8", Dsc: "#963296", Dsd: "#966496", Dwa: "#abb1ff", Dwb: "#5a77db", Dwc: "#4c51b5", Dwd: "#320087",
  Dfa: "#00ffff", Dfb: "#38c7ff", Dfc: "#007e7d", Dfd: "#00455e",
  ET: "#b2b2b2", EF: "#686868",
}; // prettier-ignore
/** In the order of `koppenClasses`. */
export const climateColours = koppenClasses.map((each) => rgb(ofClimate[each]));

export const paper = rgb("#f7f4ec");
export const night = rgb("#0a0f1e");
export const ink = rgb("#2b2f38");
export const paleInk = rgb("#d9dfe8");
export const coastInk = rgb("#1d2a38");
export const water = rgb("#5f9fc6");
export const riverInk = rgb("#3f83b4");
export const ice = rgb("#f4f8fa");
