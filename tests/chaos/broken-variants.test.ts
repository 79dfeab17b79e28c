import { randomUUID } from "node:crypto";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Postgres } from "#adapters/postgres/postgres.ts";
import { type InputId, lobbyWorldId } from "#core/lib/ids.ts";
import type { Delivery } from "#core/ports/input-streams.ts";
import { violations } from "#tests/support/chaos-invariants.ts";
import { hasServers, serversAreHere } from "#tests/support/chaos-rig.ts";
import { type Owner, startTwoOwners, type Stop, type TwoOwners, type Variant } from "#tests/support/two-owners.ts";

serversAreHere();

// What protects the log is taken away here, one part at a time. A suite that stays green then protects nothing.

/** Every commit carries whichever fence is in force. */
const withoutFence: Variant = (ctx, postgres) => ({
  ...ctx,
  worldLog: {
    ...ctx.worldLog,
    commit: async (commit) => ctx.worldLog.commit({ ...commit, fence: await fenceInForce(postgres) }),
  },
});

async function fenceInForce(postgres: Postgres): Promise<number> {
  const [row] = await postgres.statement("fence_in_force", "select fence from leases where world_id = $1", [
    lobbyWorldId,
  ]);
  return Number(row?.["fence"]);
}

/** Whatever is delivered is taken for something new. */
const withoutDeduplication: Variant = (ctx) => ({
  ...ctx,
  inputs: {
    ...ctx.inputs,
    consume: (worldId, deliver) =>
      ctx.inputs.consume(worldId, (delivery: Delivery) =>
        deliver({ ...delivery, input: { ...delivery.input, id: randomUUID() as InputId } }),
      ),
  },
});

const whole: Variant = (ctx) => ctx;
const within = { timeout: 15_000, interval: 20 };

describe.skipIf(!hasServers)("two owners of one world", () => {
  async function setup(): Promise<TwoOwners> {
    const world = await startTwoOwners();
    onTestFinished(() => world[Symbol.asyncDispose]());
    return world;
  }
  async function started(world: TwoOwners, name: string, variant: Variant, stop: Stop): Promise<Owner> {
    const owner = await world.start(name, { variant, stop });
    onTestFinished(() => owner[Symbol.asyncDispose]());
    return owner;
  }
  const saying = (world: TwoOwners, line: string) =>
    vi.waitFor(async () => expect(await world.said()).toContain(line), within);

  /** The first stands still between its decision and its commit until the other has the world, and is about to write. */
  async function lateCommit(variant: Variant): Promise<{ result: string; found: string[] }> {
    const world = await setup();
    const first = await started(world, "first", variant, { when: "before", line: "late" });
    await world.type("hello");
    await saying(world, "hello");
    await world.type("late");
    await first.stands;

    await world.passLease();
    const second = await started(world, "second", variant, { when: "before", line: "late" });
    await second.stands;
    first.goOn();
    await vi.waitFor(() => expect(first.outcome()).not.toBe("under way"), within);
    const result = first.outcome();
    second.goOn();
    await world.type("after");
    await saying(world, "after");
    return { result, found: violations(await world.evidence(["hello", "late", "after"])) };
  }

  /** The first stands still after its commit, and has acknowledged nothing when the other gets the world. */
  async function lostAck(variant: Variant): Promise<string[]> {
    const world = await setup();
    const first = await started(world, "first", variant, { when: "after", line: "once" });
    await world.type("hello");
    await saying(world, "hello");
    await world.type("once");
    await first.stands;

    await world.passLease();
    await started(world, "second", variant, { when: "after", line: "never typed" });
    await world.type("after");
    await saying(world, "after");
    return violations(await world.evidence(["hello", "once", "after"]));
  }

  test("a commit that comes too late is refused", async () => {
    expect(await lateCommit(whole)).toEqual({ result: "stale-fence", found: [] });
  });

  test("a commit that comes too late is found where the log has no fence", async () => {
    const { result, found } = await lateCommit(withoutFence);
    expect(result).toBe("committed");
    expect(found).toEqual([expect.stringMatching(/version \d+ was written by first while second was the owner$/u)]);
  });

  test("a command whose acknowledgement was lost is done once", async () => {
    expect(await lostAck(whole)).toEqual([]);
  });

  test("a command whose acknowledgement was lost is found twice where nothing is deduplicated", async () => {
    expect(await lostAck(withoutDeduplication)).toEqual([expect.stringMatching(/ has said "once" twice$/u)]);
  });
});
