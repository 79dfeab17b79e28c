import { expect, test } from "vitest";
import { lobbyWorldId } from "#core/lib/ids.ts";
import { paintMap } from "#core/world/paint-map.ts";
import { readyMadeWorlds } from "#core/world/seeds.ts";
import type { WorldRecord } from "#core/world/spec.ts";
import { threadPictures, waitingMax } from "./map-thread.ts";
import { decodePng } from "./png.ts";

const lobby: WorldRecord = { ...readyMadeWorlds.find(({ id }) => id === lobbyWorldId)!, createdAtMs: 0 };
const wanted = { width: 64, layer: "biomes" } as const;

test("a picture comes out of its thread as the painter makes it", async () => {
  const png = decodePng(Buffer.from(await threadPictures()({ record: lobby, planet: null }, wanted), "base64"));
  const painted = paintMap(lobby.spec, null, wanted);
  expect([png.width, png.height]).toEqual([painted.width, painted.height]);
  const [index = -1] = png.data;
  expect(png.palette?.[index]).toEqual(Array.from(painted.rgba.subarray(0, 3)));
});

test("one that fails costs the next one nothing", async () => {
  const pictures = threadPictures();
  const broken = { record: lobby, planet: new Uint8Array([1, 2, 3]) };
  const both = [pictures(broken, wanted), pictures({ record: lobby, planet: null }, wanted)];
  const [first, second] = await Promise.allSettled(both);
  expect([first!.status, second!.status]).toEqual(["rejected", "fulfilled"]);
});

test("more than may wait are refused, and told when to come back", async () => {
  const pictures = threadPictures();
  const ask = async () => pictures({ record: lobby, planet: null }, wanted);
  const asked = Array.from({ length: waitingMax + 2 }, ask);
  const outcomes = await Promise.allSettled(asked);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(waitingMax + 1);
  expect(outcomes.at(-1)).toMatchObject({ status: "rejected", reason: { code: "UNAVAILABLE", retryAfterS: 5 } });
  await expect(ask()).resolves.toEqual(expect.any(String));
});
