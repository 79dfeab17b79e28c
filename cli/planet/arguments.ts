import { parseArgs } from "node:util";
import { pictureWidths } from "#core/sim/picture/world-picture.ts";
import { planetBounds } from "#core/sim/planet/spec.ts";
import { climateYearsMax } from "#core/sim/weather/normals.ts";
import { UsageError } from "../run.ts";

export type Arguments = {
  readonly specFile: string;
  readonly out: string;
  /** Of weather that the means are taken over; 0: the provisional climate, without weather. */
  readonly years: number;
  /** Instead of the specification's. */
  readonly seed: number | null;
  /** Of the terrain's grid. */
  readonly level: number;
  /** Said when the grid's number of cells is not the one that was asked for. */
  readonly askedCells: number | null;
  readonly weatherLevel: number;
  readonly width: number;
  /** Pictures of 256 colours: a third of the size. */
  readonly isSmall: boolean;
};

export const planetHelp = `Usage: npm run planet -- --spec FILE --out DIR [options]

Makes the planet of a specification, lets its weather run, and writes planet.json, cells.csv, zonal.csv and five maps to DIR.

  --spec FILE         the specification, JSON: see examples/worlds/
  --out DIR           where to write; what is there under the same names is replaced, once everything is done
  --years N           years of weather that the climate is the mean of, 0 … ${climateYearsMax - 10} (10); 0 is quick: a climate without weather
  --seed N            another planet of the same specification
  --cells N           cells of the terrain: the nearest of 2562, 10242, 40962 (usual) and 163842
  --weather-level N   grid of the weather, 2 … 5 (4): each costs eight times the one before
  --width N           of the maps, px, ${pictureWidths.min} … ${pictureWidths.max} (2000)
  --small             maps of 256 colours, a third of the size

The same arguments give the same bytes.`;

export const cellsOf = (level: number) => 10 * 4 ** level + 2;

/** Throws a `UsageError`, or what `parseArgs` throws. */
export function parseArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      spec: { type: "string" },
      out: { type: "string" },
      years: { type: "string" },
      seed: { type: "string" },
      cells: { type: "string" },
      "weather-level": { type: "string" },
      width: { type: "string" },
      small: { type: "boolean" },
    },
  });
  const { spec: specFile, out } = values;
  if (specFile === undefined || specFile === "") throw new UsageError("--spec: name the file of a specification");
  if (out === undefined || out === "") throw new UsageError("--out: name a directory to write to");
  const { min, max } = planetBounds.level;
  const levels = Array.from({ length: max - min + 1 }, (_, i) => min + i);
  const asked = whole("--cells", values.cells, { least: 1, most: 10_000_000 });
  const level = asked === null ? 6 : levels.reduce((best, each) => (isNearer(each, best, asked) ? each : best));
  return {
    specFile,
    out,
    years: whole("--years", values.years, { least: 0, most: climateYearsMax - 10 }) ?? 10,
    seed: whole("--seed", values.seed, { least: 0, most: Number.MAX_SAFE_INTEGER }),
    level,
    askedCells: asked !== null && asked !== cellsOf(level) ? asked : null,
    weatherLevel: whole("--weather-level", values["weather-level"], { least: 2, most: 5 }) ?? 4,
    width: whole("--width", values.width, { least: pictureWidths.min, most: pictureWidths.max }) ?? 2000,
    isSmall: values.small === true,
  };
}

/** By ratio: twice as many is as far as half as many. */
function isNearer(level: number, than: number, cells: number): boolean {
  const far = (each: number) => Math.max(cellsOf(each) / cells, cells / cellsOf(each));
  return far(level) < far(than);
}

function whole(
  name: string,
  text: string | undefined,
  { least, most }: { least: number; most: number },
): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(`${name}: a whole number from ${least} to ${most}, not "${text}"`);
}
