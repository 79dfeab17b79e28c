import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { decodePng } from "#adapters/png.ts";
import { layers } from "#core/sim/picture/paint.ts";
import type { ClimateNormals } from "#core/sim/weather/normals.ts";
import { koppenClasses } from "#core/sim/planet/koppen.ts";
import { biomeNames } from "#core/world/biome-names.ts";
import { meanOf, yearsOfRuns } from "./climate.ts";
import { type Making, makeAndWrite } from "./make.ts";
import type { Output } from "./output.ts";
import { parseSpec } from "./spec.ts";
import { cellColumns, zonalColumns } from "./tables.ts";

type Files = Map<string, string | Uint8Array>;

function memoryOutput(files: Files): Output {
  return {
    async write(name, content) {
      files.set(name, content);
    },
    async writeRows(name, rows) {
      files.set(name, `${Array.from(rows).join("\n")}\n`);
    },
    publish: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** A year of four days: weather through all of its seasons in a moment. */
const written = { name: "Tiny", seed: 5, yearDays: 4, radiusKm: 5000, moons: [] };

async function make(changes: Partial<Making> = {}, threads = 2) {
  const files: Files = new Map();
  const stages = new Set<string>();
  const progress = { tell: (stage: string) => void stages.add(stage), say: () => undefined, end: () => undefined };
  const named = parseSpec(JSON.stringify(written), 4);
  const making = { ...named, years: 0, weatherLevel: 2, width: 200, isSmall: false, ...changes };
  const ctx = { output: memoryOutput(files), progress, signal: new AbortController().signal, threads };
  const planet = await makeAndWrite(making, ctx);
  return { files, stages, planet };
}

function table(files: Files, name: string) {
  const [header = "", ...rows] = String(files.get(name)).trimEnd().split("\n");
  const columns = header.split(",");
  return { columns, rows: rows.map((row) => row.split(",")), at: (column: string) => columns.indexOf(column) };
}

const isLong = process.env["CI"] === "true" || process.env["LONG_TESTS"] === "true";
const waits = { timeout: 60_000 };

const withWeather = make({ years: 6 });
const without = make({ isSmall: true });

describe("a planet with its weather", waits, () => {
  test("has its summary, two tables and five maps", async () => {
    const { files, stages } = await withWeather;
    expect(Array.from(files.keys()).toSorted()).toEqual(
      ["planet.json", "cells.csv", "zonal.csv", ...layers.map((layer) => `${layer}.png`)].toSorted(),
    );
    expect(Array.from(stages)).toEqual([
      "making land",
      "6 years of weather",
      "rivers and life",
      "writing tables",
      "drawing maps",
    ]);
  });

  test.runIf(isLong)("is the same bytes on one thread as on two", async () => {
    const [{ files }, again] = await Promise.all([withWeather, make({ years: 6 }, 1)]);
    for (const [name, content] of files) expect(isDeepStrictEqual(again.files.get(name), content), name).toBe(true);
  });

  test("says in its summary what it was made of", async () => {
    const { files, planet } = await withWeather;
    const page = JSON.parse(String(files.get("planet.json"))) as Record<string, Record<string, unknown>>;
    expect(page).toMatchObject({
      name: "Tiny",
      spec: { seed: 5, radiusKm: 5000, yearDays: 4, gravityMs2: planet.spec.gravityMs2 },
      made: { cells: 2562, years: 6, weatherLevel: 2, spinUpYears: 2, runs: 2 },
    });
    const total = (shares: Record<string, unknown>) =>
      Object.values(shares).reduce<number>((sum, share) => sum + Number(share), 0);
    expect(total(page["biomeShares"]!)).toBeCloseTo(1, 3);
    expect(total(page["koppenSharesOfLand"]!)).toBeCloseTo(1, 3);
  });

  test("has a row for each cell, in the units of its columns", async () => {
    const { files, planet } = await withWeather;
    const { columns, rows, at } = table(files, "cells.csv");
    expect(columns).toEqual(cellColumns);
    expect(rows).toHaveLength(planet.grid.cellCount);
    const column = (name: string) => rows.map((row) => Number(row[at(name)]));
    expect(column("id")).toEqual(rows.map((_, i) => i));
    const area = column("area_m2").reduce((sum, value) => sum + value, 0);
    expect(area / (4 * Math.PI * 5e6 * 5e6)).toBeCloseTo(1, 9);
    expect(column("lat").every((lat) => Math.abs(lat) <= 90)).toBe(true);
    expect(column("lon").every((lon) => Math.abs(lon) <= 180)).toBe(true);
    const known = new Set(Object.values(biomeNames));
    for (const row of rows) {
      expect(row).toHaveLength(cellColumns.length);
      expect(row.every((value) => value !== "" && value !== "NaN")).toBe(true);
      expect(koppenClasses).toContain(row[at("koppen")]);
      expect(known).toContain(row[at("biome")]);
      expect(row[at("is_ocean")]).toBe(Number(row[at("elevation_m")]) > 0 ? "0" : "1");
      for (const what of ["temperature_c", "precipitation_mm_day"]) {
        const from = at(what);
        const months = row.slice(from + 1, from + 13).map(Number);
        expect(months.reduce((sum, month) => sum + month, 0) / 12).toBeCloseTo(Number(row[from]), 1);
      }
    }
  });

  test("has rivers that only grow on their way to the sea", async () => {
    const { files, planet } = await withWeather;
    const { rows, at } = table(files, "cells.csv");
    let rivers = 0;
    for (const [c, row] of rows.entries()) {
      const next = Number(row[at("downstream_id")]);
      expect(next).toBe(planet.downstream_c[c]);
      if (next < 0) continue;
      rivers++;
      expect(row[at("is_ocean")]).toBe("0");
      expect(planet.grid.neighbour_cn.subarray(6 * c, 6 * c + 6)).toContain(next);
      const below = rows[next]!;
      if (below[at("is_ocean")] === "1" || planet.lake_c[next] !== 0 || planet.downstream_c[next]! < 0) continue;
      // Flows are kept to a tenth of a percent.
      expect(Number(below[at("flow_m3s")])).toBeGreaterThanOrEqual(0.998 * Number(row[at("flow_m3s")]));
    }
    expect(rivers).toBeGreaterThan(300);
  });

  test("has zones whose rain and warmth are those of their cells", async () => {
    const { files } = await withWeather;
    const zones = table(files, "zonal.csv");
    const cells = table(files, "cells.csv");
    expect(zones.columns).toEqual(zonalColumns);
    expect(zones.rows.map((row) => [Number(row[0]), Number(row[1])])).toEqual(
      Array.from({ length: 36 }, (_, i) => [5 * i - 90, 5 * i - 85]),
    );
    for (const zone of zones.rows) {
      const inside = cells.rows.filter((row) => {
        const lat = Number(row[cells.at("lat")]);
        return lat >= Number(zone[0]) && lat < Number(zone[1]) + (zone[1] === "90" ? 1 : 0);
      });
      const area = inside.reduce((sum, row) => sum + Number(row[cells.at("area_m2")]), 0);
      for (const what of ["temperature_c", "precipitation_mm_day"]) {
        const mean =
          inside.reduce((sum, row) => sum + Number(row[cells.at("area_m2")]) * Number(row[cells.at(what)]), 0) / area;
        expect(Number(zone[zones.at(what)])).toBeCloseTo(mean, 1);
      }
      expect(Number(zone[zones.at("pressure_hpa")])).toBeGreaterThan(900);
      expect(Number(zone[zones.at("pressure_hpa")])).toBeLessThan(1100);
      expect(Number(zone[zones.at("evaporation_mm_day")])).toBeGreaterThanOrEqual(0);
    }
  });
});

describe("a planet without weather", waits, () => {
  test("has the provisional climate, and neither evaporation nor pressure", async () => {
    const { files } = await without;
    const { rows, at } = table(files, "zonal.csv");
    expect(rows.every((row) => row[at("evaporation_mm_day")] === "" && row[at("pressure_hpa")] === "")).toBe(true);
    expect(JSON.parse(String(files.get("planet.json")))).toMatchObject({
      made: { years: 0, weatherLevel: null, runs: 0 },
    });
  });

  test("has maps of the width that was asked for, in fewer colours if asked", async () => {
    const [whole, reduced] = await Promise.all([withWeather, without]);
    for (const layer of layers) {
      const [a, b] = [whole, reduced].map(({ files }) => decodePng(files.get(`${layer}.png`) as Uint8Array));
      expect([a!.width, a!.channels, a!.palette]).toEqual([200, 3, undefined]);
      expect([b!.width, b!.height]).toEqual([200, a!.height]);
      expect(b!.palette!.length).toBeLessThanOrEqual(256);
    }
  });
});

test("work that is stopped ends its threads and rejects", waits, async () => {
  const stopping = new AbortController();
  const progress = {
    tell: (stage: string) => {
      if (stage.includes("weather")) stopping.abort(new Error("stopped by hand"));
    },
    say: () => undefined,
    end: () => undefined,
  };
  const named = parseSpec(JSON.stringify({ ...written, yearDays: 400 }), 4);
  const making = { ...named, years: 50, weatherLevel: 3, width: 64, isSmall: true };
  const ctx = { output: memoryOutput(new Map()), progress, signal: stopping.signal, threads: 2 };
  await expect(makeAndWrite(making, ctx)).rejects.toThrow("stopped by hand");
});

test("runs count by their years", () => {
  const run = (years: number, value: number) =>
    ({ years, cellCount: 2, cloud_mc: Float64Array.of(value, 1) }) as unknown as ClimateNormals;
  expect(meanOf([run(1, 2), run(3, 6)])).toEqual({ years: 4, cellCount: 2, cloud_mc: Float64Array.of(5, 1) });
});

test("years are shared out among runs of at most five, by the years alone", () => {
  expect([0, 1, 5, 6, 10, 11, 50].map(yearsOfRuns)).toEqual([
    [],
    [1],
    [5],
    [3, 3],
    [5, 5],
    [3, 4, 4],
    [5, 5, 5, 5, 5, 5, 5, 5, 5, 5],
  ]);
});
