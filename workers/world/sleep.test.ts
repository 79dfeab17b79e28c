import { expect, test } from "vitest";
import { AppError } from "#core/lib/errors.ts";
import { lobbyWorldId, type InputId } from "#core/lib/ids.ts";
import { worldLook } from "#core/protocol/subjects.ts";
import { worldWanted } from "#core/protocol/world-subjects.ts";
import { announcingInputs, sleepAfterMs } from "#core/world/announce-inputs.ts";
import { fieldId, worldRig, type WorldRig } from "#tests/support/world-rig.ts";
import type { WorldContext } from "./context.ts";

const both = [lobbyWorldId, fieldId];
const isAsleep = (rig: WorldRig) => rig.tables.worlds.get(fieldId)?.isAsleep === true;
const messages = (rig: WorldRig, message: string) => rig.lines.filter((line) => line.message === message).length;

async function sleeping(given: (rig: WorldRig) => WorldContext = ({ ctx }) => ctx) {
  const rig = worldRig();
  const service = await rig.serve(given(rig), both);
  await rig.pass(sleepAfterMs + 2000, 500);
  return { rig, service };
}

test("a world that nobody has needed for a while gives up its lease, its consumer and its subjects; the lobby never does", async () => {
  const { rig, service } = await sleeping();
  expect([...service.owned]).toEqual([lobbyWorldId]);
  expect(isAsleep(rig)).toBe(true);
  expect(rig.tables.leases.get(fieldId)?.owner).toBeNull();
  await expect(rig.ctx.bus.request(worldLook(fieldId), { characterId: "x" }, { timeoutMs: 100 })).rejects.toMatchObject(
    { code: "UNAVAILABLE" },
  );
  // Nobody else consumes it: that would fail.
  await rig.ctx.inputs.consume(fieldId, () => {}).stop();
  await rig.pass(10_000, 500);
  expect([...service.owned]).toEqual([lobbyWorldId]);
});

test("somebody who comes wakes it within 200 ms, and nothing he does is lost", async () => {
  const rig = worldRig();
  const inputs = announcingInputs(rig.ctx.inputs, rig.ctx);
  const service = await rig.serve({ ...rig.ctx, inputs }, both);
  await rig.pass(sleepAfterMs + 2000, 500);
  const ana = await rig.player("Ana");
  await ana.connect();
  await ana.say("enter field");
  await rig.quiet();
  await rig.pass(200, 10);
  expect([...service.owned].toSorted()).toEqual(both);
  await ana.say("say hello");
  await rig.quiet();
  expect(rig.said(fieldId)).toEqual(["hello"]);
});

test("somebody who chooses to play there is greeted with what there is to see", async () => {
  const { rig } = await sleeping();
  const ana = await rig.player("Ana");
  const principal = await rig.ctx.tokens.verify(ana.token, rig.clock.nowMs());
  if (principal === null || principal === "expired") throw new Error("no principal");
  const { character } = await rig.ctx.players.create({
    principal,
    request: { world_id: fieldId, name: "Ana", species: "Human", role: "player" },
    requestId: rig.ctx.entropy.uuid(),
  });
  const joining = rig.ctx.players.join({ principal, characterId: character.id });
  await rig.pass(500, 10);
  const { message } = await joining;
  expect(message).toMatch(/^Welcome to Field, Ana\.\n\n./);
});

test("an input wakes its world also when the news of it is lost", async () => {
  const { rig, service } = await sleeping();
  await rig.ctx.inputs.append(fieldId, { type: "settled", id: "x" as InputId, messageId: "y" as InputId });
  expect(service.owned.has(fieldId)).toBe(false);
  await rig.pass(1100, 50);
  expect(service.owned.has(fieldId)).toBe(true);
  expect(await rig.ctx.inputs.waiting()).toEqual([]);
});

test("an input that comes while the world falls asleep wakes it again", async () => {
  const rig = worldRig();
  let late = 0;
  const sleep: WorldContext["leases"]["sleep"] = async (...args) => {
    const id = `late-${++late}` as InputId;
    if (late === 1) await rig.ctx.inputs.append(fieldId, { type: "settled", id, messageId: "y" as InputId });
    await rig.ctx.leases.sleep(...args);
  };
  const service = await rig.serve({ ...rig.ctx, leases: { ...rig.ctx.leases, sleep } }, both);
  await rig.pass(sleepAfterMs + 2000, 500);
  expect([late, messages(rig, "world asleep"), service.owned.has(fieldId)]).toEqual([1, 1, true]);
  expect(await rig.ctx.inputs.waiting()).toEqual([]);
  await rig.pass(sleepAfterMs + 2000, 500);
  expect([late, messages(rig, "world asleep"), service.owned.has(fieldId)]).toEqual([2, 2, false]);
});

test("a world that is called for without an input is opened, and sleeps again", async () => {
  const { rig, service } = await sleeping();
  rig.ctx.bus.publish(worldWanted, { worldId: fieldId });
  await rig.pass(200, 10);
  expect(service.owned.has(fieldId)).toBe(true);
  await rig.pass(sleepAfterMs + 2000, 500);
  expect(service.owned.has(fieldId)).toBe(false);
});

test("a world with somebody in it does not sleep, and its time has gone on when one does", async () => {
  const rig = worldRig();
  const service = await rig.serve(rig.ctx, both);
  const ana = await rig.player("Ana");
  await ana.connect();
  await ana.say("enter field");
  await rig.pass(3 * sleepAfterMs, 1000);
  expect(service.owned.has(fieldId)).toBe(true);
  await ana.say("lobby");
  await rig.pass(2 * sleepAfterMs, 1000);
  expect(service.owned.has(fieldId)).toBe(false);
  const { gameTimeMs } = (await rig.ctx.worldVerbs.get({ worldId: fieldId })).clock;
  await rig.pass(3_600_000, 600_000);
  const later = (await rig.ctx.worldVerbs.get({ worldId: fieldId })).clock;
  expect(later.gameTimeMs - gameTimeMs).toBe(3_600_000);
  expect(service.owned.has(fieldId)).toBe(false);
});

test("a registry of a thousand sleeping worlds is not read to find what is to do", async () => {
  const rig = worldRig();
  const field = rig.tables.worlds.get(fieldId)!;
  for (let i = 0; i < 1000; i++) {
    const id = `e0000000-0000-4000-9000-${String(i).padStart(12, "0")}` as typeof fieldId;
    rig.tables.worlds.set(id, { ...field, id, name: `Sleeping ${i}`, isAsleep: true });
  }
  let records = 0;
  const count = <Result extends object>(found: readonly Result[]) => ((records += found.length), [...found]);
  const service = await rig.serve(
    {
      ...rig.ctx,
      worlds: {
        ...rig.ctx.worlds,
        list: async () => count(await rig.ctx.worlds.list()),
        page: async (...args) => count(await rig.ctx.worlds.page(...args)),
        getMany: async (ids) => count(await rig.ctx.worlds.getMany(ids)),
      },
    },
    null,
  );
  await rig.pass(5000, 500);
  expect([service.owned.size, records]).toEqual([2, 2]);
});

test("a store that cannot say which worlds have inputs waiting does not keep the others from being looked after", async () => {
  const rig = worldRig();
  const waiting = () => Promise.reject(new AppError("UNAVAILABLE", "no"));
  const service = await rig.serve({ ...rig.ctx, inputs: { ...rig.ctx.inputs, waiting } }, both);
  expect(service.owned.size).toBe(2);
});
