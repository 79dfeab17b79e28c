import { assert } from "../../lib/assert.ts";
import { createPicture, type Picture, shrink } from "./canvas.ts";
import { climateFields } from "./climate-fields.ts";
import { coastInk, ink, night, paleInk, paper, riverInk } from "./colours.ts";
import { drawLegend } from "./legend.ts";
import { drawCoasts, drawEdge, drawGraticule } from "./lines.ts";
import { isDark, type Layer, paintGlobe } from "./paint.ts";
import type { ProjectionName } from "./projection.ts";
import { drawRivers } from "./rivers.ts";
import { createScene, type Mapped, type Scene } from "./scene.ts";
import { shade } from "./shade.ts";
import { drawStreamlines } from "./streamlines.ts";
import { drawText } from "./text.ts";

// A planet as a picture: the globe painted, lines on it, and around it a sheet with title and legend. Pure; the same bytes for the same planet.

export type PictureOptions = {
  /** Of the sheet, px, within `pictureWidths`. */
  readonly width: number;
  readonly layer: Layer;
  readonly projection?: ProjectionName;
  /** Each pixel is the mean of so many squared: 1 is quick, 2 fine. */
  readonly samples?: 1 | 2 | 3;
  /** Its outline and the shadow inside it; unless it is false. */
  readonly hasEdge?: boolean;
  /** Title, and a line under it; without them there is the map alone, from edge to edge. */
  readonly words?: { readonly title: string; readonly line: string };
};

export const pictureWidths = { min: 64, max: 4096 } as const;

/** Cost: about 3 µs a pixel and sample on land. */
export function worldPicture(planet: Mapped, options: PictureOptions): Picture {
  return layerPicture(pictureScene(planet, options), options);
}

/** The part that a planet's layers have in common, for several pictures of one size. */
export function pictureScene(
  planet: Mapped,
  { width, projection = "equal-earth", samples = 1, words }: Omit<PictureOptions, "layer">,
): Scene {
  assert(Number.isInteger(width) && width >= pictureWidths.min && width <= pictureWidths.max, `a width of ${width}`);
  return createScene(planet, (width - 2 * marginOf(width, words !== undefined)) * samples, samples, projection);
}

export function layerPicture(scene: Scene, { width, layer, words, hasEdge = true }: PictureOptions): Picture {
  const globe = shrink(drawGlobe(scene, layer, hasEdge), scene.samples);
  if (words === undefined) return globe;
  const margin = marginOf(width, true);
  const top = Math.round(0.062 * width);
  const sheet = createPicture(width, top + globe.height + Math.round(0.078 * width), isDark(layer) ? night : paper);
  for (let y = 0; y < globe.height; y++) {
    const row = globe.rgba.subarray(4 * y * globe.width, 4 * (y + 1) * globe.width);
    sheet.rgba.set(row, 4 * ((y + top) * width + margin));
  }
  const text = isDark(layer) ? paleInk : ink;
  const title = { heightPx: 0.0165 * width, ink: text, weight: 0.095, gap: 2.6, align: "middle" } as const;
  drawText(sheet, words.title.toUpperCase(), width / 2, 0.03 * width, title);
  const line = { heightPx: Math.max(8, 0.0078 * width), ink: text, align: "middle", opacity: 0.75 } as const;
  drawText(sheet, words.line, width / 2, 0.048 * width, line);
  drawLegend(sheet, layer, margin, width - margin, top + globe.height + 0.014 * width);
  return sheet;
}

function marginOf(width: number, hasWords: boolean): number {
  return hasWords ? Math.round(0.03 * width) : 0;
}

function drawGlobe(scene: Scene, layer: Layer, hasEdge: boolean): Picture {
  const climate = climateFields(scene.planet.normals);
  const picture = paintGlobe(scene, climate, shade(scene), layer);
  switch (layer) {
    case "relief":
      drawRivers(picture, scene, climate, riverInk, 0.85);
      drawCoasts(picture, scene, coastInk, 0.4);
      break;
    case "biomes":
    case "climate":
      drawRivers(picture, scene, climate, riverInk, 0.75);
      drawCoasts(picture, scene, coastInk, 0.45);
      break;
    case "temperature":
    case "precipitation":
      drawCoasts(picture, scene, coastInk, 0.75);
      break;
    case "winds":
      drawCoasts(picture, scene, paleInk, 0.55);
      drawStreamlines(picture, scene, climate, paleInk);
  }
  drawGraticule(picture, scene, isDark(layer) ? paleInk : coastInk, isDark(layer) ? 0.12 : 0.13);
  if (hasEdge) drawEdge(picture, scene, isDark(layer) ? paleInk : coastInk);
  return picture;
}
