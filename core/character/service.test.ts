import { expect, test } from "vitest";
import { recordingBus } from "#tests/support/recording-bus.ts";
import { characterId, sessionId, userId, worldId } from "#tests/support/records.ts";
import { lookTimeoutMs } from "./join-character.ts";
import { playerTimeoutsMs, remotePlayers } from "./service.ts";

const principal = { userId: userId(1), sessionId: sessionId(1), username: "Ann", role: "user" } as const;
const ofOne = { principal, characterId: characterId(1) };
const wish = {
  principal,
  request: { world_id: worldId(1), name: "Thorin", role: "watcher" },
  requestId: worldId(7),
} as const;

test("each verb is asked on its own subject, with what it was given, and for no longer than its own time", async () => {
  const { bus, asked } = recordingBus();
  const timeouts = {
    list: 1,
    get: 2,
    create: 3,
    join: 4,
    skills: 5,
    lobby: 6,
    entryOptions: 7,
    leave: 8,
    history: 9,
    past: 10,
  };
  const players = remotePlayers(bus, timeouts);
  await players.list(principal);
  await players.get(ofOne);
  await players.create(wish);
  await players.join(ofOne);
  await players.skills(ofOne);
  await players.lobby(principal);
  await players.entryOptions({ principal, worldId: worldId(1) });
  await players.leave({ ...ofOne, requestId: worldId(7) });
  await players.history({ ...ofOne, before: 3, limit: 2 });
  await players.past({ ...ofOne, moment: { atMs: 5 } });
  expect(asked).toEqual([
    ["player.list", principal, 1],
    ["player.get", ofOne, 2],
    ["player.create", wish, 3],
    ["player.join", ofOne, 4],
    ["player.skills", ofOne, 5],
    ["player.lobby", principal, 6],
    ["player.entry-options", { principal, worldId: worldId(1) }, 7],
    ["player.leave", { ...ofOne, requestId: worldId(7) }, 8],
    ["player.history", { ...ofOne, before: 3, limit: 2 }, 9],
    ["player.past", { ...ofOne, moment: { atMs: 5 } }, 10],
  ]);
});

test("who joins is waited for longer than the world is", () => {
  expect(playerTimeoutsMs.join).toBeGreaterThan(lookTimeoutMs);
});
