import { afterEach, describe, expect, test } from "vitest";
import { AppError } from "#core/lib/errors.ts";
import { lobbyWorldId, type UserId } from "#core/lib/ids.ts";
import { type TickMessage, worldTick } from "#core/protocol/subjects.ts";
import { operator } from "#core/world/act-on-world.ts";
import type { Decision, Scene } from "#core/world/scene.ts";
import { hashOf } from "#core/world/stored.ts";
import { systems, type TimeSystem } from "#core/world/systems.ts";
import { fieldId, worldRig, type WorldRig } from "#tests/support/world-rig.ts";
import type { WorldContext } from "./context.ts";
import { faultsMax } from "./faults.ts";
import { createGuard } from "./guard.ts";

const nothing: Decision = { events: [], tell: () => [] };
let heal = (): void => {};
afterEach(() => heal());

/** A system that does harm in the field, until it is healed. */
function plant(harm: (scene: Scene) => Decision): void {
  const planted: TimeSystem = {
    name: "planted",
    run: (scene) => (scene.place.id === fieldId ? harm(scene) : nothing),
  };
  const all = systems as TimeSystem[];
  all.push(planted);
  heal = () => void (all.includes(planted) && all.splice(all.indexOf(planted), 1));
}

const harms: [string, (scene: Scene) => Decision][] = [
  [
    "throws",
    () => {
      throw new RangeError("a bug in a system");
    },
  ],
  [
    "never ends",
    () => {
      for (;;);
    },
  ],
];

const errors = (rig: WorldRig, message: string) =>
  rig.lines.filter((line) => line.level === "error" && line.message === message).length;

/** Ana in the lobby, Bob in the field; ticks of the lobby are counted. */
async function peopled() {
  const rig = worldRig();
  const ticks: TickMessage[] = [];
  rig.ctx.bus.subscribe(worldTick(lobbyWorldId), (tick) => ticks.push(tick));
  const service = await rig.serve(rig.ctx, undefined, "worker", { guard: createGuard() });
  const [ana, bob] = [await rig.player("Ana"), await rig.player("Bob")];
  await ana.connect();
  await bob.connect();
  await bob.say("enter field");
  await rig.pass(1000, 10);
  return { rig, service, ana, bob, ticks };
}

describe.each(harms)("a system that %s", (_name, harm) => {
  test("stops its own world with its last good state; the neighbours miss no tick, and it goes on when it is healed", async () => {
    const { rig, ana, bob, ticks } = await peopled();
    await bob.say("say before");
    await rig.pass(100, 10);
    const before = await rig.stored(fieldId);
    plant(harm);
    ticks.length = 0;
    await rig.pass(2000, 10);
    const numbers = ticks.map(({ tickNumber }) => tickNumber);
    expect(numbers).toHaveLength(20);
    expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! + index));
    await ana.say("say undisturbed");
    await rig.pass(50, 10);
    expect(rig.said(lobbyWorldId)).toEqual(["undisturbed"]);

    expect(hashOf((await rig.stored(fieldId)).state)).toBe(hashOf(before.state));
    expect(errors(rig, "a world stopped; it goes on from its log")).toBeGreaterThanOrEqual(3);
    const { record } = await rig.ctx.worldVerbs.get({ worldId: fieldId });
    expect(record.fault).toMatchObject({ isQuarantined: false });

    heal();
    await rig.pass(5000, 50);
    await bob.say("say after");
    await rig.pass(200, 10);
    expect(rig.said(fieldId)).toEqual(["before", "after"]);
    await rig.pass(40_000, 1000);
    expect((await rig.ctx.worldVerbs.get({ worldId: fieldId })).record.fault).toBeUndefined();
  });
});

test("a world that fails too often is left alone, on every worker, until somebody resumes it", async () => {
  const { rig, service } = await peopled();
  plant(harms[0]![1]);
  await rig.pass(400_000, 1000);
  const { record } = await rig.ctx.worldVerbs.get({ worldId: fieldId });
  expect(record.fault).toMatchObject({
    count: faultsMax,
    reason: "RangeError: a bug in a system",
    isQuarantined: true,
  });
  expect(errors(rig, "a world stopped; it goes on from its log")).toBe(faultsMax);
  expect(errors(rig, "a world is quarantined: it stays stopped until somebody resumes it")).toBe(1);
  expect(rig.tables.leases.get(fieldId)?.owner).toBeNull();

  heal();
  await rig.pass(60_000, 1000);
  expect(service.owned.has(fieldId)).toBe(false);
  const wish = { worldId: fieldId, requestId: rig.ctx.entropy.uuid(), principal: operator };
  await expect(rig.ctx.worldVerbs.pause(wish)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  const stranger = { ...operator, role: "user" as const, userId: "a1" as UserId };
  await expect(rig.ctx.worldVerbs.resume({ ...wish, principal: stranger })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  const resuming = rig.ctx.worldVerbs.resume(wish);
  await rig.pass(1000, 20);
  expect(await resuming).toMatchObject({ isPaused: false });
  expect(service.owned.has(fieldId)).toBe(true);
});

test("what a database that is away does to worlds is no fault of theirs", async () => {
  const rig = worldRig();
  let isAway = false;
  const worldLog: WorldContext["worldLog"] = {
    ...rig.ctx.worldLog,
    commit: (commit) =>
      isAway ? Promise.reject(new AppError("UNAVAILABLE", "away")) : rig.ctx.worldLog.commit(commit),
  };
  const service = await rig.serve({ ...rig.ctx, worldLog });
  const ana = await rig.player("Ana");
  isAway = true;
  await ana.connect();
  await rig.pass(600_000, 2000);
  expect(rig.tables.worlds.get(lobbyWorldId)).not.toHaveProperty("fault");
  isAway = false;
  await rig.pass(31_000, 500);
  expect(service.owned.has(lobbyWorldId)).toBe(true);
  expect(ana.heard().length).toBeGreaterThan(0);
});
