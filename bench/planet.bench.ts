// Planets: the whole by stages at 10 k, 40 k and 160 k cells, and two of the dearest kernels beside the same kernel in C (gcc -O3
// -march=native, bench/c), interleaved in one run; both must give the same result to the last bit. Budget: a planet of 40 k cells in 2 s, of 160 k in 5 s.
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fbm } from "#core/sim/noise.ts";
import { createFlow, flood } from "#core/sim/planet/flood.ts";
import { generatePlanet, gridCache } from "#core/sim/planet/generate.ts";
import { geometryOf } from "#core/sim/planet/geometry.ts";
import type { Planet } from "#core/sim/planet/planet.ts";
import { earthLike } from "#core/sim/planet/spec.ts";
import { encodePlanet } from "#core/sim/planet/storage.ts";
import { summary } from "./support/statistics.ts";

const isSmoke = process.argv.includes("--smoke");
const levels = isSmoke ? [4] : [5, 6, 7];
const rounds = isSmoke ? 1 : 5;
const repeats = isSmoke ? 2 : 8;
const gridOf = gridCache();
/** Scratch of each level. */
const flows = new Map<number, ReturnType<typeof createFlow>>();
const directory = await mkdtemp(join(tmpdir(), "planet-bench-"));
try {
  const programs = { flood: compile("flood"), noise: compile("noise") };
  for (const level of levels) {
    const planet = wholePlanets(level);
    const input = await writeInputs(planet);
    compare("noise, 8 octaves", planet, programs.noise, input.noise, () => noise(planet));
    compare("flood and receivers", planet, programs.flood, input.flood, () => receivers(planet));
  }
} finally {
  await rm(directory, { recursive: true });
}

/** The program's path; null, and said so, where there is no compiler. */
function compile(name: string): string | null {
  const program = join(directory, name);
  const source = join(import.meta.dirname, "c", `${name}.c`);
  try {
    execFileSync("gcc", ["-O3", "-march=native", "-ffp-contract=off", "-o", program, source, "-lm"], { stdio: "pipe" });
    return program;
  } catch (cause) {
    console.log(`no comparison with C for ${name}: gcc is not here or failed (${String(cause).split("\n")[0]})`);
    return null;
  }
}

function wholePlanets(level: number): Planet {
  const times = new Map<string, number[]>();
  let planet: Planet | undefined;
  geometryOf(gridOf(level));
  for (let round = 0; round < rounds; round++) {
    const spent = new Map<string, number>();
    const generation = generatePlanet({ ...earthLike, level }, { gridOf });
    const startedMs = performance.now();
    for (let last = startedMs; ;) {
      const step = generation.next();
      const now = performance.now();
      const stage = step.done === true ? "rounding" : step.value.stage;
      spent.set(stage, (spent.get(stage) ?? 0) + now - last);
      last = now;
      if (step.done !== true) continue;
      planet = step.value;
      break;
    }
    spent.set("whole", performance.now() - startedMs);
    for (const [stage, ms] of spent) times.set(stage, [...(times.get(stage) ?? []), ms]);
  }
  const cells = planet!.grid.cellCount;
  const bytes = encodePlanet(planet!).length;
  console.log(
    `\nlevel ${level}, ${cells} cells, stored in ${(bytes / 1e6).toFixed(2)} MB: ms (min, median of ${rounds})`,
  );
  for (const [stage, all] of times) {
    const { min, median } = summary(all);
    console.log(`  ${stage.padEnd(10)} ${min.toFixed(1).padStart(8)} ${median.toFixed(1).padStart(8)}`);
  }
  return planet!;
}

async function writeInputs(planet: Planet): Promise<{ flood: string; noise: string }> {
  const { grid, elevation_c } = planet;
  const head = Int32Array.of(grid.cellCount, repeats);
  const paths = { flood: join(directory, "flood.bin"), noise: join(directory, "noise.bin") };
  const { distance_cn } = geometryOf(grid);
  await writeFile(paths.flood, Buffer.concat([head, grid.neighbour_cn, distance_cn, elevation_c].map(bytesOf)));
  await writeFile(paths.noise, Buffer.concat([head, grid.position_c].map(bytesOf)));
  return paths;
}

function bytesOf(array: Int32Array | Float64Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}

type Timed = { readonly ms: number; readonly result: string };

/** Rounds of the one and the other in turn; the best of each counts. */
function compare(name: string, planet: Planet, program: string | null, input: string, ours: () => string): void {
  let js = Infinity;
  let c = Infinity;
  for (let round = 0; round < rounds; round++) {
    let result = "";
    for (let i = 0; i < repeats; i++) {
      const startedMs = performance.now();
      result = ours();
      js = Math.min(js, performance.now() - startedMs);
    }
    if (program === null) continue;
    const theirs = run(program, input);
    c = Math.min(c, theirs.ms);
    if (theirs.result !== result) throw new Error(`${name}: C gives ${theirs.result}, we ${result}`);
  }
  const perCell = ((js * 1e6) / planet.grid.cellCount).toFixed(0);
  const beside = program === null ? "" : `, C ${c.toFixed(2)} ms, ratio ${(js / c).toFixed(2)}, same result`;
  console.log(`  ${name}: ${js.toFixed(2)} ms (${perCell} ns a cell)${beside}`);
}

function run(program: string, input: string): Timed {
  const [ms, result] = execFileSync(program, [input], { encoding: "utf8" }).trim().split(" ");
  return { ms: Number(ms), result: String(Number(result)) };
}

function noise({ grid }: Planet): string {
  const { position_c, cellCount } = grid;
  let sum = 0;
  for (let c = 0; c < cellCount; c++) {
    sum += fbm(7, 6 * position_c[3 * c]!, 6 * position_c[3 * c + 1]!, 6 * position_c[3 * c + 2]!, 8, 0.5);
  }
  return String(sum);
}

function receivers({ grid, elevation_c }: Planet): string {
  const flow = flows.get(grid.level) ?? createFlow(geometryOf(grid));
  flows.set(grid.level, flow);
  flood(flow, elevation_c);
  let sum = 0;
  for (const receiver of flow.receiver_c) sum = (Math.imul(sum, 31) + receiver) >>> 0;
  return String(sum);
}
