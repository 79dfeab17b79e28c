import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCli } from "#tests/support/run-cli.ts";

const isLong = process.env["CI"] === "true" || process.env["LONG_TESTS"] === "true";
const files = [
  "biomes.png",
  "cells.csv",
  "climate.png",
  "planet.json",
  "precipitation.png",
  "relief.png",
  "temperature.png",
  "winds.png",
  "zonal.csv",
];

let directory = "";
let spec = "";
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "planet-cli-"));
  spec = join(directory, "spec.json");
  await writeFile(spec, JSON.stringify({ name: "Tiny", yearDays: 4, moons: [] }));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const quick = ["--cells", "1", "--width", "64"];
const make = (out: string, ...more: string[]) =>
  runCli("planet", ["--spec", spec, "--out", join(directory, out), ...quick, ...more]);

describe("npm run planet", () => {
  test("makes a planet, and says which grid was nearest", async () => {
    const { code, stdout, stderr } = await make("a", "--years", "0");
    expect(stdout).toBe("");
    expect(stderr).toContain("1 cells: the nearest grid has 2562\n");
    expect(stderr).toContain("drawing maps: 100 %\n");
    expect(stderr).toMatch(/Tiny: written to .* in \d+ s\n$/);
    expect(code).toBe(0);
    expect((await readdir(join(directory, "a"))).toSorted()).toEqual(files);
  });

  test.runIf(isLong)("makes the same bytes again, and another planet of another seed", async () => {
    const weather = ["--years", "1", "--weather-level", "2"];
    for (const [out, seed] of [
      ["a", "3"],
      ["b", "3"],
      ["c", "4"],
    ] as const) {
      expect((await make(out, ...weather, "--seed", seed)).code).toBe(0);
    }
    for (const file of files) {
      const [a, b, c] = await Promise.all(["a", "b", "c"].map((out) => readFile(join(directory, out, file))));
      expect(a!.equals(b!), file).toBe(true);
      expect(a!.equals(c!), file).toBe(false);
    }
  });

  test("refuses a bad specification in one line, and writes nothing", async () => {
    await writeFile(spec, JSON.stringify({ landShare: 2 }));
    const { code, stderr } = await make("a", "--years", "0");
    expect(code).toBe(2);
    expect(stderr).toMatch(/^spec: landShare: .*0 … 1\)\n$/);
    expect(await readdir(directory)).toEqual(["spec.json"]);
  });

  test("refuses a specification that is not there", async () => {
    const { code, stderr } = await runCli("planet", ["--spec", join(directory, "none.json"), "--out", directory]);
    expect([code, stderr]).toEqual([2, `--spec: ${join(directory, "none.json")} cannot be read (ENOENT)\n`]);
  });

  test("refuses a place that cannot be a directory", async () => {
    const { code, stderr } = await runCli("planet", ["--spec", spec, "--out", spec, ...quick]);
    expect([code, stderr.split("\n").at(-2)]).toEqual([2, `--out: ${spec} cannot be written to (EEXIST)`]);
  });

  test("stops at Ctrl-C, and leaves nothing behind", async () => {
    const out = join(directory, "a");
    const tool = join(import.meta.dirname, "../../cli/planet.ts");
    const args = [tool, "--spec", spec, "--out", out, ...quick, "--years", "190", "--weather-level", "5"];
    const child = spawn(process.execPath, args, { cwd: directory, stdio: ["ignore", "ignore", "pipe"] });
    const exited = once(child, "exit") as Promise<[number | null]>;
    child.stderr.once("data", () => child.kill("SIGINT"));
    const stderr = await text(child.stderr);
    expect((await exited)[0]).toBe(1);
    expect(stderr.endsWith("Stopped: nothing was written.\n")).toBe(true);
    expect(await readdir(out)).toEqual([]);
  });
});
