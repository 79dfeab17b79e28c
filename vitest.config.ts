import { defineConfig } from "vitest/config";

const jsonReport = process.env["VITEST_JSON"];

// Unit tests sit beside their source and need nothing, so they share one module graph: isolating them costs more than running them.
// What starts processes, opens sockets or holds a database runs in its own file-sized process.
export default defineConfig({
  test: {
    reporters: jsonReport === undefined ? ["default"] : ["default", ["json", { outputFile: jsonReport }]],
    projects: [
      {
        test: {
          name: "unit",
          include: ["{core,adapters,functions,workers,dev,cli,drizzle,bench}/**/*.test.ts"],
          isolate: false,
          pool: "threads",
        },
      },
      {
        test: {
          name: "system",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/e2e/**", "tests/chaos/**", "tests/sim/**"],
          pool: "forks",
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          pool: "forks",
          // Each file has a whole backend of its own, which takes a gigabyte and both cores while it starts.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "chaos",
          include: ["tests/chaos/**/*.test.ts"],
          pool: "forks",
          // Each file has every service as a process of its own, and measures how long they are away: nothing else runs meanwhile.
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "sim",
          include: ["tests/sim/**/*.test.ts"],
          pool: "forks",
          // It computes on every core by itself.
          sequence: { groupOrder: 3 },
          testTimeout: 60_000,
        },
      },
    ],
  },
});
