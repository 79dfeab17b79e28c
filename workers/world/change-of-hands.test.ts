import { describe, expect, test } from "vitest";
import { AppError } from "#core/lib/errors.ts";
import { lobbyWorldId } from "#core/lib/ids.ts";
import type { WorldInput } from "#core/protocol/world-input.ts";
import { preferredOwner } from "#core/world/placement.ts";
import { fieldId, leaseMs, worldRig } from "#tests/support/world-rig.ts";

// Found by tests/sim, told here one by one.

describe("a lease", () => {
  const names = ["one", "two"];
  const rightful = preferredOwner(names, fieldId)!;
  const other = names.find((name) => name !== rightful)!;

  test("that a worker left behind is let go when it is back under its name, and another should have the world", async () => {
    const rig = worldRig();
    await rig.ctx.leases.renew(rightful, leaseMs);
    await rig.ctx.leases.acquire(other, [fieldId], leaseMs);
    const [first, second] = [await rig.serve(rig.ctx, [fieldId], other), await rig.serve(rig.ctx, [fieldId], rightful)];
    await rig.pass(leaseMs + 1000, 500);
    expect([[...first.owned], [...second.owned]]).toEqual([[], [fieldId]]);
  });

  test("that is renewed for other worlds says nothing of one that was lost: its turn under way writes nothing", async () => {
    const rig = worldRig();
    const gate = Promise.withResolvers<void>();
    const commits: number[] = [];
    const { connections, worldLog } = rig.ctx;
    await rig.serve({
      ...rig.ctx,
      connections: { ...connections, byName: async (name) => (await gate.promise, connections.byName(name)) },
      worldLog: { ...worldLog, commit: (commit) => (commits.push(commit.fence), worldLog.commit(commit)) },
    });
    const [ana, bob] = [await rig.player("Ana"), await rig.player("Bob")];
    await ana.connect();
    await bob.connect();
    await ana.say("tell Bob hello");
    await rig.quiet();
    const before = commits.length;
    const lease = rig.tables.leases.get(lobbyWorldId)!;
    rig.tables.leases.set(lobbyWorldId, { ...lease, owner: "newer", fence: lease.fence + 1 });
    await rig.pass(2000, 500);
    gate.resolve();
    await rig.quiet();
    expect(commits.slice(before)).toEqual([]);
  });
});

test("a world that fails now and then is back as soon after the tenth time as after the first", async () => {
  const rig = worldRig();
  let isBroken = false;
  const { commit } = rig.ctx.worldLog;
  const failing = async () => Promise.reject(new AppError("UNAVAILABLE", "no database"));
  const service = await rig.serve({
    ...rig.ctx,
    worldLog: { ...rig.ctx.worldLog, commit: (given) => (isBroken ? failing() : commit(given)) },
  });
  const ana = await rig.player("Ana");
  await ana.connect();
  for (let time = 1; time <= 10; time++) {
    isBroken = true;
    await ana.say(`say ${time}`);
    await rig.quiet();
    isBroken = false;
    await rig.pass(2000, 500);
    expect([time, service.owned.has(lobbyWorldId), rig.said(lobbyWorldId).length]).toEqual([time, true, time]);
    await rig.pass(40_000, 5000);
  }
});

describe("what is typed while its character is on the way to another world", () => {
  async function departed() {
    const rig = worldRig();
    const road = { isBlocked: true };
    const { inputs } = rig.ctx;
    const append = async (...[worldId, input]: [typeof fieldId, WorldInput]) => {
      if (input.type === "arrive" && road.isBlocked) throw new AppError("UNAVAILABLE", "no broker");
      return inputs.append(worldId, input);
    };
    await rig.serve({ ...rig.ctx, inputs: { ...inputs, append } });
    const ana = await rig.player("Ana", "v1");
    await ana.connect();
    await ana.say("enter field", "journey");
    await rig.quiet();
    expect(await rig.ctx.characters.get(ana.own)).toMatchObject({ worldId: fieldId, hasArrived: false });
    return { rig, ana, road };
  }

  test("on a new socket is said when it is there, in order", async () => {
    const { rig, ana, road } = await departed();
    await ana.leave();
    await ana.connect();
    await ana.say("say one", "a");
    await ana.say("say two", "b");
    await rig.pass(1000);
    expect(rig.said(fieldId)).toEqual([]);
    road.isBlocked = false;
    await rig.pass(10_000, 250);
    expect(rig.said(fieldId)).toEqual(["one", "two"]);
  });

  test("on a socket that breaks follows it, though nobody is there to send it again", async () => {
    const { rig, ana, road } = await departed();
    await ana.say("say one", "a");
    await rig.pass(100);
    await ana.leave();
    await rig.pass(100);
    road.isBlocked = false;
    await rig.pass(10_000, 250);
    expect([rig.said(lobbyWorldId), rig.said(fieldId)]).toEqual([[], ["one"]]);
  });
});

test("what somebody did before he was away for long is not done again in another world", async () => {
  const rig = worldRig();
  await rig.serve();
  const ana = await rig.player("Ana", "v1");
  await ana.connect();
  await ana.say("say one", "a");
  await rig.quiet();
  await ana.leave(1000);
  await rig.pass(1000);
  await ana.connect();
  await ana.say("enter field", "b");
  await rig.pass(1000);
  await ana.say("say one", "a");
  await ana.say("say two", "c");
  await rig.pass(1000);
  expect([rig.said(lobbyWorldId), rig.said(fieldId)]).toEqual([["one"], ["two"]]);
});

test("what somebody did in another world before he was away for long is not done again", async () => {
  const rig = worldRig();
  await rig.serve();
  const ana = await rig.player("Ana", "v1");
  await ana.connect();
  await ana.say("say one", "a");
  await ana.say("enter field", "b");
  await rig.pass(1000);
  await ana.leave(1000);
  await rig.pass(1000);
  await ana.connect();
  await ana.say("say one", "a");
  await ana.say("say two", "c");
  await rig.pass(1000);
  expect([rig.said(lobbyWorldId), rig.said(fieldId)]).toEqual([["one"], ["two"]]);
});
