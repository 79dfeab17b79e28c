import { beforeEach, describe, expect, test } from "vitest";
import { makePlanetInThread } from "#adapters/planet-thread.ts";
import { makePlanetHere } from "#adapters/memory/make-planet.ts";
import { memoryBus } from "#adapters/memory/bus.ts";
import { manualClock } from "#adapters/memory/clock.ts";
import { memoryPlanets } from "#adapters/memory/planets.ts";
import { type MemoryTables, memoryTables } from "#adapters/memory/tables.ts";
import { memoryWorlds } from "#adapters/memory/worlds.ts";
import { earthLike } from "#core/sim/planet/spec.ts";
import { silentLog } from "#tests/support/database.ts";
import { startMs, userId, worldRecord } from "#tests/support/records.ts";
import { createWorld } from "./create-world.ts";
import { openWorld, readTerrain } from "./open-world.ts";
import type { WorldRecord, WorldSpec } from "./spec.ts";

const planet = { ...earthLike, level: 4, seed: 11, moons: [] };
const spec: WorldSpec = {
  ...worldRecord(1).spec,
  radiusM: planet.radiusM,
  ground: "planet",
  generator: { kind: "planet", version: 1, planet },
  features: [],
};
const principal = { userId: userId(1), sessionId: "s", username: "Ann", role: "user" } as never;

let tables: MemoryTables;
let ctx: ReturnType<typeof context>;
function context(kept: MemoryTables) {
  const clock = manualClock(startMs);
  return {
    clock,
    worlds: memoryWorlds(kept),
    planets: memoryPlanets(kept),
    makePlanet: makePlanetHere,
    bus: memoryBus({ clock, log: silentLog }),
  };
}
const never = new AbortController().signal;
const create = (name = "Terra", changes: Partial<WorldSpec> = {}): Promise<WorldRecord> =>
  createWorld(ctx, { principal, requestId: worldRecord(7).id, name, spec: { ...spec, ...changes } });

beforeEach(() => {
  tables = memoryTables();
  ctx = context(tables);
});

describe("a world with a planet", { timeout: 30_000 }, () => {
  test("is in the making until its owner has made the planet; then it is active, with its spawn on dry land", async () => {
    const made = await create();
    expect(made.status).toBe("generating");
    await expect(readTerrain(ctx, made)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    const { record, terrain } = await openWorld(ctx, made, never);
    expect(record.status).toBe("active");
    const { position } = record.spec.spawn;
    const ground = terrain.groundAt(position.x, position.y);
    expect(ground.isWater).toBe(false);
    expect(position.z).toBeCloseTo(ground.elevationM, 2);
    expect(record).toEqual(await ctx.worlds.get(made.id));
  });

  test("has the same land for whoever opens it next, though the record he has is from before", async () => {
    const made = await create();
    const first = await openWorld(ctx, made, never);
    const makePlanet = () => Promise.reject(new Error("made twice"));
    const next = await openWorld({ ...ctx, makePlanet }, made, never);
    expect(next.record).toEqual(first.record);
    const read = await readTerrain(ctx, made);
    for (let x = 0; x < 2e6; x += 99_999) {
      expect(next.terrain.groundAt(x, x / 2)).toEqual(first.terrain.groundAt(x, x / 2));
      expect(read.groundAt(x, x / 2)).toEqual(first.terrain.groundAt(x, x / 2));
    }
  });

  test("whose owner died half-way is made by the next, to the same bytes; a thread makes the same ones", async () => {
    const made = await create();
    const dying = new AbortController();
    const halfWay: typeof makePlanetHere = (wanted, making) =>
      makePlanetHere(wanted, {
        ...making,
        onProgress: (_stage, share) => (share > 0.5 ? dying.abort() : undefined),
      });
    await expect(openWorld({ ...ctx, makePlanet: halfWay }, made, dying.signal)).rejects.toMatchObject({
      code: "UNAVAILABLE",
    });
    expect((await ctx.worlds.get(made.id))?.status).toBe("generating");
    expect(tables.planets.size).toBe(0);

    const shares: number[] = [];
    const whole = makePlanetInThread(spec.generator!, {
      signal: never,
      onProgress: (_stage, share) => shares.push(share),
    });
    await openWorld(ctx, made, never);
    expect(Buffer.compare(await whole, tables.planets.get(made.id)!)).toBe(0);
    expect(shares.length).toBeGreaterThan(0);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });

  test("a thread that is told to stop ends without a planet", async () => {
    const stopping = new AbortController();
    const made = makePlanetInThread(spec.generator!, { signal: stopping.signal, onProgress: () => stopping.abort() });
    await expect(made).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(
      makePlanetInThread(spec.generator!, { signal: stopping.signal, onProgress: () => {} }),
    ).rejects.toMatchObject({
      code: "UNAVAILABLE",
    });
  });

  test("of two owners that made it, the first's is everybody's", async () => {
    const made = await create();
    const both = await Promise.all([openWorld(ctx, made, never), openWorld(ctx, made, never)]);
    expect(both[0].record).toEqual(both[1].record);
    expect(tables.planets.size).toBe(1);
  });

  test("is never made anew where what was kept is damaged: its land would not be sure to be the same", async () => {
    const made = await create();
    await openWorld(ctx, made, never);
    const bytes = tables.planets.get(made.id)!;
    bytes[bytes.length >> 1]! ^= 1;
    await expect(openWorld(ctx, made, never)).rejects.toThrow("cannot be read: damaged");
  });

  test("that no planet can be made from is refused in words", async () => {
    const generator = { kind: "planet", version: 1, planet: { ...planet, landShare: 2 } } as const;
    await expect(create("Odd", { generator })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      details: [{ path: "spec.generator.planet", message: "landShare is 0 … 1, not 2" }],
    });
    expect(await ctx.worlds.list()).toEqual([]);
  });
});
