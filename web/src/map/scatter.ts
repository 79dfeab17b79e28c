import type { Biome, MapData } from "#core/protocol/map.ts";
import { groundOf, tileNear } from "./paint-land.ts";
import { speck } from "./noise.ts";

// What grows and lies on the land, as signs of an old map. Each stands on a place of the ground, not of the picture, so that it stays where it
// is while one walks past it.

type Pen = OffscreenCanvasRenderingContext2D;
/** `size`: of a tile, in pixels. `chance`: of this one, 0 … 1, the same for ever. */
type Sign = (pen: Pen, x: number, y: number, size: number, chance: number) => void;
type Scatter = { readonly perTile: number; readonly sign: Sign };

const signs: Readonly<Partial<Record<Biome, Scatter>>> = {
  Grassland: { perTile: 4, sign: tuft("rgb(92 116 52 / 0.75)", "rgb(196 206 132 / 0.7)") },
  Savanna: { perTile: 3, sign: tuft("rgb(138 118 52 / 0.8)", "rgb(230 214 150 / 0.8)") },
  Tundra: { perTile: 3, sign: stone },
  Desert: { perTile: 1.4, sign: dune },
  Wetland: { perTile: 4, sign: reed },
  "Deciduous Forest": { perTile: 3, sign: tree("#47712f", "#6f9a4a") },
  Rainforest: { perTile: 4, sign: tree("#2c6037", "#4f8a4f") },
  Taiga: { perTile: 3, sign: conifer },
  Mountain: { perTile: 1.2, sign: peak("#8a7f70", "#5f564b") },
  Alpine: { perTile: 1.2, sign: peak("#f2f2f0", "#8f949a") },
  Ocean: { perTile: 1.2, sign: wave },
  Lake: { perTile: 1.2, sign: wave },
  River: { perTile: 1.2, sign: wave },
};
const perTileMax = 4;

export function scatter(pen: Pen, map: MapData, side: number): void {
  const size = side / map.grid_size;
  const [west, south] = groundOf(map, -0.5, -0.5);
  const half = (map.grid_size - 1) / 2;
  // From the north to the south: what is nearer stands before what is farther.
  for (let row = Math.ceil(south + map.grid_size); row >= Math.floor(south); row--) {
    for (let column = Math.floor(west); column <= west + map.grid_size; column++) {
      for (let index = 0; index < perTileMax; index++) {
        const chance = speck(column * 7 + index, row);
        const x = column + speck(column, row * 5 + index) - west - 0.5;
        const y = row + 1 - (index + speck(row, column * 3 + index)) / perTileMax - south - 0.5;
        const tile = tileNear(map, x, y);
        const found = signs[tile.biome];
        if (found === undefined || chance > found.perTile / perTileMax || tile.occluded === true) continue;
        found.sign(
          pen,
          side / 2 + (x - half) * size,
          side / 2 - (y - half) * size,
          size,
          speck(index, column + row * 13),
        );
      }
    }
  }
}

function stroke(pen: Pen, colour: string, width: number, path: () => void): void {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.lineCap = "round";
  pen.beginPath();
  path();
  pen.stroke();
}

function tuft(dark: string, light: string): Sign {
  return (pen, x, y, size, chance) => {
    const height = size * (0.1 + 0.08 * chance);
    stroke(pen, chance > 0.5 ? dark : light, size * 0.035, () => {
      for (const lean of [-0.6, 0, 0.6]) {
        pen.moveTo(x, y);
        pen.lineTo(x + lean * height, y - height);
      }
    });
  };
}

function reed(pen: Pen, x: number, y: number, size: number, chance: number): void {
  if (chance > 0.7) return wave(pen, x, y, size, chance);
  return stroke(pen, "rgb(66 88 60 / 0.8)", size * 0.035, () => {
    for (const step of [-0.07, 0, 0.07]) {
      pen.moveTo(x + step * size, y);
      pen.lineTo(x + step * 1.3 * size, y - size * (0.16 + 0.1 * chance));
    }
  });
}

function stone(pen: Pen, x: number, y: number, size: number, chance: number): void {
  pen.fillStyle = chance > 0.5 ? "rgb(110 112 100 / 0.7)" : "rgb(206 208 190 / 0.7)";
  pen.beginPath();
  pen.ellipse(x, y, size * (0.04 + 0.05 * chance), size * (0.03 + 0.03 * chance), 0, 0, 2 * Math.PI);
  pen.fill();
}

function dune(pen: Pen, x: number, y: number, size: number, chance: number): void {
  const reach = size * (0.2 + 0.16 * chance);
  stroke(pen, "rgb(176 146 92 / 0.65)", size * 0.04, () => {
    pen.moveTo(x - reach, y);
    pen.quadraticCurveTo(x - reach * 0.1, y - reach * 0.7, x + reach, y);
  });
}

function wave(pen: Pen, x: number, y: number, size: number, chance: number): void {
  const reach = size * (0.1 + 0.06 * chance);
  stroke(pen, "rgb(214 232 240 / 0.4)", size * 0.035, () => {
    pen.moveTo(x - 2 * reach, y);
    pen.quadraticCurveTo(x - reach, y - reach * 0.8, x, y);
    pen.quadraticCurveTo(x + reach, y - reach * 0.8, x + 2 * reach, y);
  });
}

function shadow(pen: Pen, x: number, y: number, radius: number): void {
  pen.fillStyle = "rgb(20 30 16 / 0.28)";
  pen.beginPath();
  pen.ellipse(x + radius * 0.5, y + radius * 0.45, radius, radius * 0.6, 0, 0, 2 * Math.PI);
  pen.fill();
}

function tree(dark: string, light: string): Sign {
  return (pen, x, y, size, chance) => {
    const radius = size * (0.16 + 0.1 * chance);
    shadow(pen, x, y, radius);
    pen.fillStyle = dark;
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fill();
    pen.fillStyle = light;
    pen.beginPath();
    pen.arc(x - radius * 0.25, y - radius * 0.28, radius * 0.6, 0, 2 * Math.PI);
    pen.fill();
  };
}

function conifer(pen: Pen, x: number, y: number, size: number, chance: number): void {
  const half = size * (0.12 + 0.05 * chance);
  const height = half * 3;
  shadow(pen, x, y, half);
  triangle(pen, "#2f5445", [x - half, y], [x, y - height], [x + half, y]);
  triangle(pen, "#487362", [x - half, y], [x, y - height], [x, y]);
}

function peak(light: string, dark: string): Sign {
  return (pen, x, y, size, chance) => {
    const half = size * (0.24 + 0.14 * chance);
    const height = half * 1.25;
    triangle(pen, dark, [x - half, y], [x + half * 0.1, y - height], [x + half, y]);
    triangle(pen, light, [x - half, y], [x + half * 0.1, y - height], [x - half * 0.1, y]);
  };
}

type Point = readonly [x: number, y: number];

function triangle(pen: Pen, colour: string, ...[first, second, third]: readonly [Point, Point, Point]): void {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.moveTo(...first);
  pen.lineTo(...second);
  pen.lineTo(...third);
  pen.fill();
}
