import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const jsonReport = process.env["VITEST_JSON"];
const isCi = process.env["CI"] === "true";
const runsLongOnes = isCi || process.env["LONG_TESTS"] === "true";

/** Files wait for servers half of their time; vitest would leave one of two cores idle. */
const maxWorkers = Math.max(2, availableParallelism() - 1);

// Unit tests sit beside their source and need nothing, so they share one module graph: isolating them costs more than running them.
// What starts processes, opens sockets or holds a database runs in its own file-sized process.
const unit = {
  name: "unit",
  include: ["{client,core,adapters,functions,workers,dev,cli,drizzle,bench,web}/**/*.test.ts"],
  isolate: false,
  pool: "threads" as const,
  maxWorkers,
  // Some compute for a second; on a busy machine that is five.
  testTimeout: 30_000,
};

/** What watches real processes is tried again in CI, where the machine may be busy: that tells a slow moment from a fault. */
const retry = isCi ? 2 : 0;

/** What takes minutes: every service as a process of its own. In CI, and with `npm run test:long`. */
const longSystem = [
  "tests/integration/{containers,services-launcher,services-parts,admin-embedded}.test.ts",
  "tests/integration/{admin-cli,migrate-cli,old-databases}.pg.test.ts",
  "tests/integration/admin-ai.nats.pg.test.ts",
  "tests/integration/{redis,nats}-*.test.ts",
  "tests/infra/**/*.test.ts",
];
const longEndToEnd = ["tests/e2e/{services,ban}.test.ts"];

/** Whatever logs something in these projects: in the end no secret may be in it. */
const globalSetup = "tests/support/run-logs.setup.ts";

const system = {
  name: "system",
  include: ["tests/**/*.test.ts"],
  exclude: ["tests/browser/**", "tests/e2e/**", "tests/chaos/**", "tests/sim/**", ...(runsLongOnes ? [] : longSystem)],
  pool: "forks" as const,
  maxWorkers,
  testTimeout: 60_000,
  hookTimeout: 90_000,
  retry,
  globalSetup,
};

const oneAtATime = {
  pool: "forks" as const,
  maxWorkers: 1,
  testTimeout: 90_000,
  hookTimeout: 120_000,
  retry,
  globalSetup,
};

// Each file has a whole backend of its own, which takes a gigabyte.
const endToEnd = {
  ...oneAtATime,
  maxWorkers: 2,
  name: "e2e",
  include: ["tests/e2e/**/*.test.ts"],
  exclude: runsLongOnes ? [] : longEndToEnd,
  sequence: { groupOrder: 1 },
};

// Servers and workers die, and how long they are away is measured: nothing else runs meanwhile.
const chaos = { ...oneAtATime, name: "chaos", include: ["tests/chaos/**/*.test.ts"], sequence: { groupOrder: 2 } };

/** Climates of years: more than CI has time for. With `npm run test:long`. */
const isLong = process.env["LONG_TESTS"] === "true";
const longClimates = isLong
  ? []
  : ["tests/sim/{cyclones,extremes,weather-{conservation,counterfactuals,earth,extremes}}.test.ts"];

// It computes on every core by itself.
const simulation = {
  name: "sim",
  include: ["tests/sim/**/*.test.ts"],
  exclude: longClimates,
  pool: "forks" as const,
  sequence: { groupOrder: 3 },
  // A climate takes minutes, and many where the machine is shared.
  testTimeout: isLong ? 3_600_000 : 180_000,
};

// Real browsers, which want the machine for themselves.
const browser = {
  ...oneAtATime,
  name: "browser",
  include: ["tests/browser/**/*.test.ts"],
  sequence: { groupOrder: 4 },
};

const projects = runsLongOnes ? [unit, system, endToEnd, chaos, simulation, browser] : [unit, system, endToEnd];

export default defineConfig({
  test: {
    reporters: jsonReport === undefined ? ["default"] : ["default", ["json", { outputFile: jsonReport }]],
    projects: projects.map((test) => ({ test })),
  },
});
