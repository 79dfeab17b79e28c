import type { Neighbour } from "#client/surroundings.ts";
import type { MapData } from "#core/protocol/map.ts";
import type { Weather } from "../state/weather.ts";
import { drawFalling } from "./falling.ts";
import { paintLand, type Pixels } from "./paint-land.ts";
import { scatter } from "./scatter.ts";

export type Look = {
  readonly map: MapData;
  readonly neighbours: readonly Neighbour[];
  /** Of the sun above the horizon; null under a roof. */
  readonly sunAltitudeRad: number | null;
  readonly weather: Weather | null;
  /** Seconds, for what falls; still where nothing is to move. */
  readonly seconds: number;
};

/** The last land is kept: while only the weather moves, it is not painted again. */
export type Painted = { readonly of: MapData; readonly canvas: OffscreenCanvas };

/** Draws a square map of `side` CSS pixels; answers the land, for the next time. */
export function drawMap(canvas: HTMLCanvasElement, side: number, look: Look, last: Painted | null): Painted {
  const painted = last?.of === look.map ? last : { of: look.map, canvas: landOf(look.map) };
  const ratio = Math.min(3, devicePixelRatio);
  const pixels = Math.round(side * ratio);
  if (canvas.width !== pixels) canvas.width = canvas.height = pixels;
  const pen = canvas.getContext("2d")!;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.imageSmoothingEnabled = true;
  pen.imageSmoothingQuality = "high";
  pen.drawImage(painted.canvas, 0, 0, pixels, pixels);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawLight(pen, side, look);
  drawAir(pen, side, look);
  for (const neighbour of look.neighbours.toReversed()) drawNeighbour(pen, side, look.map, neighbour);
  drawPlayer(pen, side, look.map);
  return painted;
}

/** Pixels along a side: fine enough for signs on the screens there are. */
const landSide = 792;

function landOf(map: MapData): OffscreenCanvas {
  const canvas = new OffscreenCanvas(landSide, landSide);
  const pen = canvas.getContext("2d")!;
  pen.imageSmoothingQuality = "high";
  pen.drawImage(onCanvas(paintLand(map)), 0, 0, landSide, landSide);
  scatter(pen, map, landSide);
  return canvas;
}

function onCanvas({ side, rgba }: Pixels): OffscreenCanvas {
  const canvas = new OffscreenCanvas(side, side);
  canvas.getContext("2d")!.putImageData(new ImageData(rgba, side, side), 0, 0);
  return canvas;
}

/** Warm while the sun is low, blue and dark when it is gone. */
function drawLight(pen: CanvasRenderingContext2D, side: number, { sunAltitudeRad, weather }: Look): void {
  if (sunAltitudeRad === null) return;
  const degrees = (sunAltitudeRad * 180) / Math.PI;
  const day = Math.min(1, Math.max(0, (degrees + 12) / 18));
  const low = Math.max(0, 1 - Math.abs(degrees - 2) / 10);
  const grey = 1 - 0.22 * (weather?.cloud ?? 0) * day;
  const red = (0.3 + 0.7 * day) * grey + 0.05 * low;
  const green = (0.36 + 0.64 * day) * grey - 0.06 * low;
  const blue = (0.55 + 0.45 * day) * grey - 0.16 * low;
  pen.globalCompositeOperation = "multiply";
  pen.fillStyle = `rgb(${[red, green, blue].map((share) => Math.round(255 * Math.min(1, share))).join(" ")})`;
  pen.fillRect(0, 0, side, side);
  pen.globalCompositeOperation = "source-over";
}

function drawAir(pen: CanvasRenderingContext2D, side: number, { weather, seconds }: Look): void {
  if (weather === null) return;
  if (weather.fog > 0.1) {
    pen.fillStyle = `rgb(214 218 220 / ${0.55 * Math.min(1, weather.fog)})`;
    pen.fillRect(0, 0, side, side);
  }
  drawFalling(pen, side, weather, seconds);
}

type Point = { readonly x: number; readonly y: number; readonly tile: number };

function placeOf(side: number, { grid_size: size, scale }: MapData, at: { east: number; north: number }): Point {
  const tile = side / size;
  return { x: side / 2 + (at.east / scale) * tile, y: side / 2 - (at.north / scale) * tile, tile };
}

function drawNeighbour(pen: CanvasRenderingContext2D, side: number, map: MapData, neighbour: Neighbour): void {
  const { x, y, tile } = placeOf(side, map, neighbour);
  const radius = tile * (neighbour.kind === "person" ? 0.24 : 0.3);
  if (neighbour.kind === "portal") {
    ring(pen, x, y, radius, { fill: "#2b4f74", line: "#cfe6ff" });
    ring(pen, x, y, radius * 0.5, { fill: "#8fc1f2", line: "transparent" });
  } else if (neighbour.kind === "person") {
    ring(pen, x, y, radius, { fill: "#b4572f", line: "#fff8ec" });
  } else {
    pen.save();
    pen.translate(x, y);
    pen.rotate(Math.PI / 4);
    pen.fillStyle = "#f4efe2";
    pen.strokeStyle = "#4a4438";
    pen.lineWidth = 1.5;
    pen.beginPath();
    pen.rect(-radius * 0.62, -radius * 0.62, radius * 1.24, radius * 1.24);
    pen.fill();
    pen.stroke();
    pen.restore();
  }
  label(pen, side, { x, y: y + radius + 3 }, neighbour.name);
}

function drawPlayer(pen: CanvasRenderingContext2D, side: number, map: MapData): void {
  const { x, y, tile } = placeOf(side, map, { east: 0, north: 0 });
  ring(pen, x, y, tile * 0.3, { fill: "rgb(255 255 255 / 0.25)", line: "#ffffff" });
  ring(pen, x, y, tile * 0.16, { fill: "#1f6470", line: "#ffffff" });
}

function ring(
  pen: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  { fill, line }: { readonly fill: string; readonly line: string },
): void {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fillStyle = fill;
  pen.fill();
  pen.lineWidth = 1.8;
  pen.strokeStyle = line;
  pen.stroke();
}

function label(pen: CanvasRenderingContext2D, side: number, at: { x: number; y: number }, text: string): void {
  const short = text.length > 16 ? `${text.slice(0, 15)}…` : text;
  pen.font = "600 11px ui-sans-serif, system-ui, sans-serif";
  pen.textAlign = "center";
  pen.textBaseline = "top";
  const half = pen.measureText(short).width / 2 + 3;
  const x = Math.min(side - half, Math.max(half, at.x));
  const y = Math.min(side - 14, at.y);
  pen.lineWidth = 3;
  pen.lineJoin = "round";
  pen.strokeStyle = "rgb(20 18 16 / 0.75)";
  pen.strokeText(short, x, y);
  pen.fillStyle = "#fffaf0";
  pen.fillText(short, x, y);
}
