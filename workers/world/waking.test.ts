import { expect, test } from "vitest";
import { lobbyWorldId, type InputId } from "#core/lib/ids.ts";
import { wakeId } from "#core/world/input-id.ts";
import { worldRig } from "#tests/support/world-rig.ts";

test("a waking for somebody who is awake keeps none of his frames back", async () => {
  const rig = worldRig();
  await rig.serve();
  const ana = await rig.player("Ana", "v1");
  await ana.connect();
  await rig.pass(100);
  const { userId } = (await rig.ctx.characters.get(ana.own))!;
  const socket = { connectionId: ana.id, userId, characterId: ana.own, protocol: "v1", nextNumber: 1 } as const;
  await rig.ctx.inputs.append(lobbyWorldId, { type: "connected", id: wakeId("late" as InputId), ...socket });
  await rig.quiet();
  await ana.say("say awake");
  await rig.pass(100);
  expect(ana.heard().at(-1)).toBe('speech_self: You say: "awake"');
  await rig.pass(2000);
  const seqs = ana.frames().map(({ seq }) => seq!);
  expect(seqs).toEqual(seqs.map((_, index) => seqs[0]! + index));
});
