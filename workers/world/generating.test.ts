import { describe, expect, test, vi } from "vitest";
import type { CharacterId } from "#core/lib/ids.ts";
import type { MakePlanet } from "#core/ports/planets.ts";
import { worldGenerating } from "#core/protocol/subjects.ts";
import { earthLike } from "#core/sim/planet/spec.ts";
import type { WorldSpec } from "#core/world/spec.ts";
import { worldId, worldRecord } from "#tests/support/records.ts";
import { worldRig } from "#tests/support/world-rig.ts";

const planet = { ...earthLike, level: 4, seed: 21, moons: [] };
const spec: WorldSpec = {
  ...worldRecord(1).spec,
  radiusM: planet.radiusM,
  ground: "planet",
  generator: { kind: "planet", version: 1, planet },
  features: [],
};

async function setup() {
  const rig = worldRig();
  const ana = await rig.player("Ana");
  const { userId } = (await rig.ctx.characters.get(ana.own))!;
  const principal = { userId, sessionId: "s", username: "Ana", role: "user" } as never;
  const create = () => rig.ctx.worldVerbs.create({ principal, requestId: worldId(7), name: "Terra", spec });
  const settle = () =>
    rig.ctx.players.create({
      principal,
      request: { world_id: worldId(7), name: "Settler", species: "Human", role: "player" },
      requestId: rig.ctx.entropy.uuid(),
    } as never) as Promise<{ character: { id: CharacterId } }>;
  return { rig, ana, create, settle };
}

/** Nothing of the making waits for the rig's clock. */
async function made(rig: Awaited<ReturnType<typeof setup>>["rig"]): Promise<void> {
  await vi.waitFor(async () => expect((await rig.ctx.worlds.get(worldId(7)))?.status).toBe("active"), 20_000);
  await rig.quiet();
}

describe("a world whose planet is to be made", { timeout: 30_000 }, () => {
  test("is made by its owner, who tells how far it is; then people live and look around in it", async () => {
    const { rig, ana, create, settle } = await setup();
    const told: number[] = [];
    rig.ctx.bus.subscribe(worldGenerating, ({ share }) => void told.push(share));
    await create();
    await expect(settle()).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await using _service = await rig.serve(rig.ctx, null);
    await made(rig);
    expect((await rig.ctx.worlds.get(worldId(7)))?.status).toBe("active");
    expect(told.length).toBeGreaterThan(10);

    const { character } = await settle();
    await ana.connect(character.id);
    await rig.pass(200);
    await ana.say("look");
    await ana.say("map");
    await rig.pass(200);
    await ana.say("weather");
    await rig.pass(400);
    expect(ana.heard().join("\n")).toMatch(/Terra\n.*(?:ground|land)/u);
    expect(ana.heard().join("\n")).toMatch(/-?\d+ °C/u);
    expect(ana.heard().join("\n")).not.toMatch(/error:|no weather/u);
  });

  test("is left as it is by a worker that stops meanwhile, at once, and made by the next", async () => {
    const { rig, create } = await setup();
    await create();
    let isBegun = false;
    const endless: MakePlanet = (_spec, { signal }) => {
      isBegun = true;
      const { promise, reject } = Promise.withResolvers<never>();
      signal.addEventListener("abort", () => reject(signal.reason));
      return promise;
    };
    const service = await rig.serve({ ...rig.ctx, makePlanet: endless }, null, "first");
    await rig.quiet();
    expect(isBegun).toBe(true);
    await service.stop();
    expect((await rig.ctx.worlds.get(worldId(7)))?.status).toBe("generating");
    await using _next = await rig.serve(rig.ctx, null, "second");
    await rig.pass(1000);
    await made(rig);
    expect((await rig.ctx.worlds.get(worldId(7)))?.status).toBe("active");
  });
});
