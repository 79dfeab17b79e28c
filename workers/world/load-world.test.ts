import { expect, test } from "vitest";
import { lobbyWorldId } from "#core/lib/ids.ts";
import { hashOf } from "#core/world/stored.ts";
import { worldRig } from "#tests/support/world-rig.ts";
import { loadWorld } from "./load-world.ts";

test("a damaged snapshot costs time, not the world: it is replayed from its log", async () => {
  const rig = worldRig();
  const service = await rig.serve();
  const ana = await rig.player("Ana");
  await ana.connect();
  await ana.say("north");
  await service.stop();
  const { worldLog, log } = rig.ctx;
  const whole = await loadWorld(rig.ctx, lobbyWorldId);
  const errors: string[] = [];
  const damaged = await loadWorld(
    {
      worldLog: {
        ...worldLog,
        latestSnapshot: async () => ({ ...(await worldLog.latestSnapshot(lobbyWorldId))!, hash: "not this" }),
      },
      log: { ...log, error: (_fields, message) => void errors.push(message) },
    },
    lobbyWorldId,
  );
  expect(hashOf(damaged.state)).toBe(hashOf(whole.state));
  expect(errors).toEqual(["a snapshot is damaged: the world is replayed from its beginning"]);
});
