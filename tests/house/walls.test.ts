import { builtinModules } from "node:module";
import { beforeAll, describe, expect, test } from "vitest";
import { lintPlants } from "./lint-plants.ts";

const wall = "eslint(no-restricted-imports)";
const protocol = "unicorn(prefer-node-protocol)";

const sdks = [
  "@aws-sdk/client-apigatewaymanagementapi",
  "@electric-sql/pglite",
  "@neondatabase/serverless",
  "@upstash/redis",
  "argon2",
  "jose",
  "nats.ws",
  "ollama",
  "pg",
  "pino",
  "ws",
];
const core = [
  "core/lib/ids.ts",
  "core/protocol/subjects.ts",
  "core/sim/rng.ts",
  "core/world/model.ts",
  "core/ports/system.ts",
];
const outside = [
  "adapters/memory/bus.ts",
  "drizzle/schema/worlds.ts",
  "functions/context.ts",
  "workers/world/service.ts",
  "dev/start.ts",
  "cli/migrate.ts",
  "infra/network.ts",
  "tests/support/database.ts",
  "bench/command.ts",
  "scripts/check-docs.ts",
];

/** Everything there is to import: packages as they are named, files of the house by their path from its root. */
const packages = [
  "zod",
  "hono",
  "hono/cors",
  "drizzle-orm",
  "drizzle-orm/pg-core",
  "aws-lambda",
  "node:fs/promises",
  ...sdks,
];
const files = [...core, ...outside];

type Tree = {
  /** A file of the tree, planted; its depth is that of real ones. */
  readonly at: string;
  readonly packages: readonly string[];
  /** By alias. */
  readonly aliases: readonly string[];
  /** By a relative path. */
  readonly relative: readonly string[];
};

const service = ["zod", "hono", "hono/cors", "aws-lambda", "node:fs/promises"];
const nearlyAll = files.filter((file) => !file.startsWith("infra/"));

/** The table of the house: who may import what. What is not named here is behind a wall. */
const trees: readonly Tree[] = [
  { at: "core/lib", packages: ["zod"], aliases: [], relative: ["core/lib/ids.ts"] },
  { at: "core/protocol", packages: ["zod"], aliases: [], relative: ["core/lib/ids.ts", "core/protocol/subjects.ts"] },
  { at: "core/sim", packages: [], aliases: [], relative: ["core/sim/rng.ts"] },
  { at: "core/sim/weather", packages: [], aliases: [], relative: ["core/sim/rng.ts"] },
  { at: "core/world", packages: [], aliases: [], relative: core },
  { at: "core/world/decide", packages: [], aliases: [], relative: core },
  {
    at: "drizzle",
    packages: ["drizzle-orm", "drizzle-orm/pg-core", "node:fs/promises"],
    aliases: [],
    relative: ["drizzle/schema/worlds.ts"],
  },
  {
    at: "drizzle/schema",
    packages: ["drizzle-orm", "drizzle-orm/pg-core", "node:fs/promises"],
    aliases: [],
    relative: ["drizzle/schema/worlds.ts"],
  },
  {
    at: "adapters/memory",
    packages,
    aliases: [...core, "adapters/memory/bus.ts", "drizzle/schema/worlds.ts"],
    relative: ["adapters/memory/bus.ts"],
  },
  {
    at: "adapters",
    packages,
    aliases: [...core, "adapters/memory/bus.ts", "drizzle/schema/worlds.ts"],
    relative: ["adapters/memory/bus.ts"],
  },
  {
    at: "functions/http/routes",
    packages: service,
    aliases: [...core, "adapters/memory/bus.ts"],
    relative: ["functions/context.ts"],
  },
  {
    at: "workers/world",
    packages: service,
    aliases: [...core, "adapters/memory/bus.ts"],
    relative: ["workers/world/service.ts"],
  },
  { at: "cli", packages: service, aliases: [...core, "adapters/memory/bus.ts"], relative: ["cli/migrate.ts"] },
  { at: "client", packages: [], aliases: [], relative: [] },
  { at: "web/src/pages", packages: [], aliases: [], relative: [] },
  { at: "dev/gateway", packages, aliases: nearlyAll, relative: nearlyAll },
  { at: "tests/support", packages, aliases: nearlyAll, relative: nearlyAll },
  { at: "bench", packages, aliases: nearlyAll, relative: nearlyAll },
  { at: "scripts", packages, aliases: nearlyAll, relative: nearlyAll },
  { at: "infra", packages, aliases: [], relative: ["infra/network.ts"] },
];

type Plant = {
  readonly file: string;
  readonly source: string;
  readonly expected: readonly string[];
  readonly what: string;
};

function plantsOf({ at, ...may }: Tree, number: number): Plant[] {
  const plant = (specifier: string, isAllowed: boolean, rules: readonly string[] = [wall]): Plant => ({
    file: `${at}/planted-${number}-${encodeURIComponent(specifier)}.ts`,
    source: `import { thing } from "${specifier}";\n\nexport const other = [thing];\n`,
    expected: isAllowed ? [] : rules,
    what: `${at} ${isAllowed ? "may" : "may not"} import ${specifier}`,
  });
  return [
    ...packages.map((name) => plant(name, may.packages.includes(name))),
    ...files.map((file) => plant(`#${file}`, may.aliases.includes(file))),
    ...files.map((file) => plant(relative(at, file), may.relative.includes(file))),
    plant("fs", false, may.packages === packages ? [protocol] : [wall, protocol]),
  ];
}

function relative(from: string, to: string): string {
  return to.startsWith(`${from}/`) ? `./${to.slice(from.length + 1)}` : climb(from, to);
}

/** The shortest way up and down, as an editor would write it. */
function climb(from: string, to: string): string {
  const [up, down] = [from.split("/"), to.split("/")];
  let shared = 0;
  while (shared < up.length && up[shared] === down[shared]) shared += 1;
  return "../".repeat(up.length - shared) + down.slice(shared).join("/");
}

const simAssert = {
  file: "core/sim/planted-assert.ts",
  source: `import { assert } from "../lib/assert.ts";\n\nassert(true, "");\n`,
};

/** What the matrix cannot say: other forms of an import, and ways to hide one. */
const oddities: readonly Plant[] = [
  { ...simAssert, expected: [], what: "core/sim may import core/lib/assert" },
  ...(
    [
      ["core/world", `export { memoryBus } from "#adapters/memory/bus.ts";`, "re-export what it may not import"],
      ["core/world", `export * from "../../adapters/memory/bus.ts";`, "re-export everything from behind a wall"],
      ["core/world", `import type { Pool } from "pg";\n\nexport type P = Pool;`, "import even a type from an SDK"],
      ["core/world", `export const later = (): unknown => import("pg");`, "import dynamically"],
      ["core/world", `export * from "./../../adapters/memory/bus.ts";`, "climb out by a path that begins inside"],
      ["core/world", `export * from "./decide/../../../adapters/memory/bus.ts";`, "climb out by a crooked path"],
      ["core/world", `export * from "../../node_modules/pg/lib/index.js";`, "reach into node_modules"],
      ["core/world", `export { default as about } from "../../package.json";`, "read the package's description"],
      ["core/sim", `export * from "./../world/model.ts";`, "climb out by a path that begins inside"],
      ["drizzle/schema", `export { lobbyWorldId } from "../../core/lib/ids.ts";`, "take a value from core"],
      [
        "drizzle/schema",
        `import { lobbyWorldId } from "#core/lib/ids.ts";\n\nexport const id = lobbyWorldId;`,
        "take a value from core",
      ],
      [
        "adapters/postgres",
        `export * from "#drizzle/seed.ts";`,
        "take more of drizzle than the schema and the migrator",
      ],
      ["functions/ws", `export * from "../../workers/world/service.ts";`, "climb into the workers"],
      ["workers/player", `export * from "../../functions/context.ts";`, "climb into the functions"],
      ["client", `export { biomes } from "#core/protocol/map.ts";`, "take a value from the protocol"],
      [
        "client",
        `import type { Pace } from "#core/world/model.ts";\n\nexport type P = Pace;`,
        "know even a type of a domain",
      ],
      ["web/src/parts", `export { biomes } from "#core/protocol/map.ts";`, "take a value from the protocol"],
      ["web/src/parts", `export * from "../../../client/rest.ts";`, "climb into the client library"],
    ] as const
  ).map(([at, source, what], i) => ({
    file: `${at}/odd-${i}.ts`,
    source: `${source}\n`,
    expected: [wall],
    what: `${at} may not ${what}`,
  })),
  {
    file: "core/world/side-effect.ts",
    source: `import "node:fs";\n`,
    expected: [wall, "import(no-unassigned-import)"],
    what: "core/world may not import for the side effect",
  },
  ...["../../core/lib/ids.ts", "#core/lib/ids.ts"].map((specifier, i) => ({
    file: `drizzle/schema/type-${i}.ts`,
    source: `import type { WorldId } from "${specifier}";\n\nexport type Id = WorldId;\n`,
    expected: [],
    what: `drizzle may import types from ${specifier}`,
  })),
  ...["client", "web/src/parts"].map((at) => ({
    file: `${at}/type-of-the-wire.ts`,
    source: `import type { MapData } from "#core/protocol/map.ts";\n\nexport type Map = MapData;\n`,
    expected: [],
    what: `${at} may import types of the protocol`,
  })),
  {
    file: "web/src/parts/client.ts",
    source: `import { render } from "preact";\nimport { createApi } from "#client/api.ts";\n\nexport const all = [createApi, render];\n`,
    expected: [],
    what: "web may import the client library and preact",
  },
  {
    file: "core/world/planted.test.ts",
    source: `import { readFile } from "node:fs/promises";\nimport { memoryBus } from "#adapters/memory/bus.ts";\n\nexport const all = [memoryBus, readFile, Date.now()];\n`,
    expected: [],
    what: "a test beside its source may import what it needs",
  },
];

const plants = [...trees.flatMap(plantsOf), ...oddities];

describe("the walls of the house", () => {
  let reported: ReadonlyMap<string, string[]>;
  beforeAll(async () => {
    reported = await lintPlants(Object.fromEntries(plants.map(({ file, source }) => [file, source])));
  }, 60_000);

  test.each(trees.map(({ at }, i) => [at, i] as const))("%s imports what it may, and nothing else", (_, i) => {
    const all = plantsOf(trees[i]!, i);
    expect(all.length).toBeGreaterThan(40);
    expect(all.map(({ what, file }) => [what, reported.get(file)])).toEqual(
      all.map(({ what, expected }) => [what, expected]),
    );
  });

  test.each(oddities.map((odd) => [odd.what, odd] as const))("%s", (_, { file, expected }) => {
    expect(reported.get(file)).toEqual(expected);
  });
});

test("the builtin used as an example is one", () => {
  expect(builtinModules).toContain("fs");
});
