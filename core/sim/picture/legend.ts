import { fillRect, type Picture, type Rgb } from "./canvas.ts";
import {
  bareRamp,
  biomeColours,
  climateColours,
  depthRamp,
  ink,
  lushRamp,
  paleInk,
  rainRamp,
  temperatureRamp,
  windRamp,
} from "./colours.ts";
import { koppenClasses } from "../planet/koppen.ts";
import { putColour, type Ramp } from "./palette.ts";
import { isDark, type Layer } from "./paint.ts";
import { drawText, textWidth } from "./text.ts";

// What the colours mean: a bar with figures, or a row of names.

type Bar = {
  readonly title: string;
  /** Drawn one under the other. */
  readonly ramps: readonly Ramp[];
  /** Figures on the bar; evenly spaced, the bar runs straight between them. */
  readonly ticks: readonly number[];
};

const bars: Partial<Record<Layer, readonly Bar[]>> = {
  relief: [
    { title: "Depth, km", ramps: [depthRamp], ticks: [-8000, -6000, -4000, -2000, 0] },
    {
      title: "Height, km (wet above, dry below)",
      ramps: [lushRamp, bareRamp],
      ticks: [0, 500, 1000, 2000, 4000, 6000, 8000],
    },
  ],
  temperature: [
    {
      title: "Mean of the year near the ground, °C",
      ramps: [temperatureRamp],
      ticks: [-60, -45, -30, -15, 0, 15, 30, 45],
    },
  ],
  precipitation: [
    { title: "Rain and snow, mean of the year, mm/day", ramps: [rainRamp], ticks: [0, 0.5, 1, 2, 4, 6, 10, 20] },
  ],
  winds: [{ title: "Mean wind of the year, m/s", ramps: [windRamp], ticks: [0, 2, 4, 6, 8, 10, 15, 20] }],
};

/** Fills a strip of the picture between `left` and `right`, `top` px down. */
export function drawLegend(picture: Picture, layer: Layer, left: number, right: number, top: number): void {
  const unit = (right - left) / 1800;
  const text = isDark(layer) ? paleInk : ink;
  const chosen = bars[layer];
  if (chosen === undefined) {
    const names = layer === "climate" ? climateNames : [...biomeColours.values()];
    return drawNames(picture, names, [left, right, top], unit, text);
  }
  const gap = 90 * unit;
  const share = (Math.min(right - left, 1150 * unit) - gap * (chosen.length - 1)) / chosen.length;
  let x = left + (right - left - share * chosen.length - gap * (chosen.length - 1)) / 2;
  for (const bar of chosen) {
    drawBar(picture, bar, [x, top, share], unit, text);
    x += share + gap;
  }
}

function drawBar(
  picture: Picture,
  { title, ramps, ticks }: Bar,
  [left, top, width]: readonly [number, number, number],
  unit: number,
  text: Rgb,
): void {
  const colour = new Float64Array(3);
  const barTop = Math.round(top + 34 * unit);
  const barHeight = Math.max(6, Math.round(22 * unit));
  const rowHeight = Math.ceil(barHeight / ramps.length);
  for (const [row, ramp] of ramps.entries()) {
    for (let x = 0; x < width; x++) {
      const place = (x / width) * (ticks.length - 1);
      const i = Math.min(ticks.length - 2, Math.floor(place));
      putColour(colour, ramp, ticks[i]! + (place - i) * (ticks[i + 1]! - ticks[i]!));
      const code = [Math.round(colour[0]!), Math.round(colour[1]!), Math.round(colour[2]!)] as const;
      fillRect(picture, [Math.round(left + x), barTop + row * rowHeight, 1, rowHeight], code);
    }
  }
  const heightPx = Math.max(8, 15 * unit);
  drawText(picture, title, left, top + 16 * unit, { heightPx, ink: text, align: "left" });
  const isLength = title.includes("km");
  for (const [i, tick] of ticks.entries()) {
    const x = left + (i / (ticks.length - 1)) * width;
    fillRect(
      picture,
      [Math.round(x), barTop + barHeight, Math.max(1, Math.round(1.5 * unit)), Math.round(6 * unit)],
      text,
    );
    const figure = String(Math.abs(isLength ? tick / 1000 : tick));
    const words = tick < 0 && !isLength ? `−${figure}` : figure;
    drawText(picture, words, x, barTop + barHeight + 28 * unit, { heightPx, ink: text, align: "middle" });
  }
}

type Named = readonly [name: string, colour: Rgb];

const climateNames = koppenClasses.map((name, index): Named => [name, climateColours[index]!]);

function drawNames(
  picture: Picture,
  names: readonly Named[],
  [left, right, top]: readonly [number, number, number],
  unit: number,
  text: Rgb,
): void {
  const style = { heightPx: Math.max(8, 15 * unit), ink: text };
  const [swatch, afterSwatch, afterName] = [26 * unit, 10 * unit, 40 * unit];
  const rows: { name: string; colour: Rgb }[][] = [[]];
  const widthOf = (name: string) => swatch + afterSwatch + textWidth(name, style) + afterName;
  for (const [name, colour] of names) {
    const row = rows.at(-1)!;
    const width = row.reduce((sum, each) => sum + widthOf(each.name), widthOf(name));
    if (width > 0.8 * (right - left)) rows.push([{ name, colour }]);
    else row.push({ name, colour });
  }
  for (const [i, row] of rows.entries()) {
    const width = row.reduce((sum, { name }) => sum + widthOf(name), -afterName);
    let x = (left + right - width) / 2;
    const y = top + (18 + 44 * i) * unit;
    for (const { name, colour } of row) {
      fillRect(picture, [Math.round(x), Math.round(y), Math.round(swatch), Math.round(swatch)], colour);
      drawText(picture, name, x + swatch + afterSwatch, y + swatch - 5 * unit, style);
      x += widthOf(name);
    }
  }
}
