import { describe, expect, test } from "vitest";
import { memoryWeathers } from "#adapters/memory/weathers.ts";
import type { WorldId } from "#core/lib/ids.ts";
import type { OpenAir } from "#core/ports/weather.ts";
import { hashWords } from "#core/sim/hash.ts";
import { gameTimeMs } from "#core/world/clock.ts";
import { airStepS } from "#core/world/weather/air.ts";
import { worldWeatherResponse } from "#core/protocol/world-weather.ts";
import { inlineWorlds } from "#core/world/service.ts";
import { airAgeMs } from "./air-view.ts";
import type { WorldContext } from "./context.ts";
import { fieldId, worldRig } from "#tests/support/world-rig.ts";
import { planetSpec } from "#tests/contract/weathers.ts";

const spec = { ...planetSpec, isSandbox: true, stepM: 1, features: [], dilation: 100 };
const stepS = airStepS(spec);

const nowhere = "00000000-0000-0000-0000-0000000000ff" as WorldId;

/** What a test can wait for. */
const restS = 6 * 3600;

/** A planet in place of the field, with one player on it. */
async function setup(seen: (air: OpenAir) => void = () => {}) {
  const rig = worldRig();
  rig.tables.worlds.set(fieldId, { ...rig.tables.worlds.get(fieldId)!, spec });
  const inner = memoryWeathers(restS);
  let opened = 0;
  const ctx: WorldContext = {
    ...rig.ctx,
    weathers: {
      open(order) {
        opened++;
        const air = inner.open(order);
        seen(air);
        return air;
      },
    },
  };
  const serve = (owner = "worker") => rig.serve(ctx, undefined, owner);
  const service = await serve();
  const ana = await rig.player("ana");
  await ana.connect();
  await ana.say("west");
  return { rig, service, ana, serve, opened: () => opened };
}

async function enter({ rig, ana }: Pick<Awaited<ReturnType<typeof setup>>, "rig" | "ana">) {
  await ana.say("enter Field");
  await rig.pass(3000, 100);
}

describe("the weather of a world", () => {
  test("who comes looks at the sky, and who asks is told in words, numbers and speech", async () => {
    const { ana, rig, opened } = await setup();
    await enter({ ana, rig });
    const told = await ask({ ana, rig }, "weather");
    expect(told.text).toMatch(/^It is .*, -?\d+ °C\./u);
    expect(told["speech"]).toContain("degrees");
    expect(told.metadata).toMatchObject({ temperature_c: expect.any(Number), visibility_m: expect.any(Number) });
    expect((await ask({ ana, rig }, "weather near")).metadata!["near"]).toHaveLength(8);
    const outlook = await ask({ ana, rig }, "weather forecast");
    expect(outlook.text).toMatch(/In \d+/u);
    expect(outlook.metadata!["forecast"]).toHaveLength(8);
    await ana.say("look");
    await rig.pass(200);
    const look = ana.heard().findLast((text) => text.startsWith("area_description"))!;
    expect(look).toMatch(/It is (?:bitterly cold|freezing|cold|cool|mild|warm|hot|scorching);/u);
    expect(rig.tables.events.get(fieldId)!.filter(({ type }) => type === "weatherBegan")).toHaveLength(1);
    expect(opened()).toBe(1);
  });

  test("from above the air is seen by whoever asks, a few seconds old at most, and not while nobody is there", async () => {
    const { ana, rig } = await setup();
    const above = () => inlineWorlds(rig.ctx).weather({ worldId: fieldId });
    expect(await above()).toEqual({ world_id: fieldId, weather: null });
    await enter({ ana, rig });
    await rig.pass(airAgeMs, 100);
    const { weather } = worldWeatherResponse.parse(await above());
    expect([weather!.grid_width, weather!.grid_height]).toEqual([36, 18]);
    for (const field of [weather!.temperature, weather!.wind_east, weather!.wind_north, weather!.cloud, weather!.rain])
      expect(field).toHaveLength(36 * 18);
    const mean = (row: number) =>
      weather!.temperature.slice(36 * row, 36 * (row + 1)).reduce((sum, t) => sum + t, 0) / 36;
    expect(mean(9)).toBeGreaterThan(mean(0) + 10);
    expect(Math.max(...weather!.wind_east.map(Math.abs))).toBeLessThan(100);
    expect(weather!.cloud.every((share) => share >= 0 && share <= 1)).toBe(true);
    expect(JSON.stringify(weather).length).toBeLessThan(30_000);
    expect((await above()).weather).toEqual(weather);
    await rig.pass(airAgeMs + 100, 100);
    expect((await above()).weather!.game_time_ms).toBeGreaterThan(weather!.game_time_ms);
    await expect(inlineWorlds(rig.ctx).weather({ worldId: nowhere })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("the next owner goes on from what was saved, and the sky is the same to the last bit", async () => {
    const airs: OpenAir[] = [];
    const { ana, rig, service, serve } = await setup((air) => void airs.push(air));
    await enter({ ana, rig });
    const step = Math.floor((await gameSeconds(rig)) / stepS);
    await service.stop();
    expect(rig.tables.weatherStates.get(fieldId)!.weather.step).toBe(step);
    await serve("next");
    await rig.pass(3000, 100);
    expect(airs).toHaveLength(2);
    expect(hashOf(airs[1]!, await gameSeconds(rig))).toBe(await hashFromLog(rig));
    expect(rig.ctx.metrics.valueOf("weather_opened_total", { from: "saved" })).toBe(1);
  });

  test("a world that is taken back has the sky of its first morning, and what was saved of the other goes with it", async () => {
    const airs: OpenAir[] = [];
    const { ana, rig, service, serve } = await setup((air) => void airs.push(air));
    await enter({ ana, rig });
    await ana.say("world simulate 0.1");
    await ana.say("weather rain");
    await rig.pass(3000, 100);
    const before = await gameSeconds(rig);
    await ana.say("world reset Field");
    await rig.pass(3000, 100);
    const [after, { state }] = [await gameSeconds(rig), await rig.stored(fieldId)];
    expect(after).toBeLessThan(before);
    expect(state.weather).toEqual({
      originStep: Math.floor((spec.sky.dayLengthS * 0.35) / stepS),
      pushCount: 0,
      pushes: [],
    });
    expect(rig.tables.weatherStates.get(fieldId)!.weather).toMatchObject({
      pushCount: 0,
      originStep: state.weather!.originStep,
    });
    expect((await ask({ ana, rig }, "weather")).text).toMatch(/^It is .*, -?\d+ °C\./u);
    expect(hashOf(airs.at(-1)!, await gameSeconds(rig))).toBe(await hashFromLog(rig));
    await service.stop();
    await serve("next");
    await rig.pass(3000, 100);
    expect(hashOf(airs.at(-1)!, await gameSeconds(rig))).toBe(await hashFromLog(rig));
  });

  test("without what was saved the next owner computes the same sky from its beginning, pushes and all", async () => {
    const airs: OpenAir[] = [];
    const { ana, rig, service, serve } = await setup((air) => void airs.push(air));
    await enter({ ana, rig });
    await ana.say("weather rain");
    await rig.pass((4 * stepS * 1000) / spec.dilation, 500);
    expect(hashOf(airs[0]!, await gameSeconds(rig))).toBe(await hashFromLog(rig));
    await service.stop();
    rig.tables.weatherStates.clear();
    await serve("next");
    await rig.pass(2000, 100);
    expect((await rig.stored(fieldId)).state.weather?.pushCount).toBe(1);
    expect(hashOf(airs[1]!, await gameSeconds(rig))).toBe(await hashFromLog(rig));
    expect(rig.ctx.metrics.valueOf("weather_opened_total", { from: "beginning" })).toBe(2);
  });

  test("what another release's physics saved is not gone on from: the sky comes from its beginning again", async () => {
    const { ana, rig, service, serve } = await setup();
    await enter({ ana, rig });
    await service.stop();
    const { weather } = rig.tables.weatherStates.get(fieldId)!;
    new DataView(weather.state.buffer, weather.state.byteOffset).setFloat64(0, 1, true);
    await serve("next");
    await ana.connect();
    await rig.pass(3000, 100);
    expect((await ask({ ana, rig }, "weather")).text).toMatch(/-?\d+ °C/u);
    expect(rig.ctx.metrics.valueOf("weather_opened_total", { from: "saved" })).toBe(0);
    expect(rig.ctx.metrics.valueOf("weather_opened_total", { from: "beginning" })).toBe(2);
  });

  test("a push is in the log with its step, and in the air from then on", async () => {
    const airs: OpenAir[] = [];
    const { ana, rig } = await setup((air) => void airs.push(air));
    await enter({ ana, rig });
    await ana.say("weather storm");
    await rig.pass(200);
    expect(ana.heard().findLast((text) => text.startsWith("weather"))).toContain("You call for a storm.");
    const event = rig.tables.events.get(fieldId)!.findLast(({ type }) => type === "weatherPushed")!;
    const { pushes } = event.payload as { pushes: { step: number; push: { kind: string } }[] };
    expect(pushes.map(({ push }) => push.kind)).toEqual(["rain", "wind"]);
    expect(pushes[0]!.step).toBeGreaterThan(Math.floor((await gameSeconds(rig)) / stepS));
    await rig.pass((3 * stepS * 1000) / spec.dilation, 500);
    expect(airs[0]!.isLost).toBe(false);
    expect(airs[0]!.at(await gameSeconds(rig))!.state.push.filter((value) => value !== 0).length).toBeGreaterThan(8);
  });

  test("only who may shape the world calls the weather, and nobody for ever more of it", async () => {
    const { ana, rig } = await setup();
    await enter({ ana, rig });
    for (let i = 0; i < 5; i++) {
      await ana.say("weather storm");
      await rig.pass(100);
    }
    expect(ana.heard()).toContain("error: The sky has been pushed about enough. Let it settle for some hours.");
    expect(rig.tables.events.get(fieldId)!.filter(({ type }) => type === "weatherPushed")).toHaveLength(4);
  });

  test("a weather that nobody looked at for more than a month begins anew, and the log says so", async () => {
    const { ana, rig, service, serve } = await setup();
    await enter({ ana, rig });
    await service.stop();
    await rig.clock.advance(31 * 86_400_000);
    await serve("next");
    await ana.connect();
    await rig.pass(3000, 100);
    const begun = rig.tables.events.get(fieldId)!.filter(({ type }) => type === "weatherBegan");
    expect(begun).toHaveLength(2);
    expect(rig.ctx.metrics.valueOf("weather_begun_total", { why: "slept" })).toBe(1);
    expect((await rig.stored(fieldId)).state.weather).toMatchObject({ pushCount: 0, ...(begun[1]!.payload as object) });
  });

  test("in a room there is no weather, and none is made", async () => {
    const { ana, rig, opened } = await setup();
    await ana.say("weather");
    await rig.pass(200);
    expect(ana.heard()).toContain("error: There is no weather in here.");
    expect(opened()).toBe(0);
  });
});

async function ask({ ana, rig }: Pick<Awaited<ReturnType<typeof setup>>, "rig" | "ana">, text: string) {
  await ana.say(text);
  await rig.pass(200);
  return ana.frames().findLast(({ data }) => data.type === "weather")!.data;
}

async function gameSeconds(rig: ReturnType<typeof worldRig>): Promise<number> {
  return gameTimeMs((await rig.stored(fieldId)).state.clock, rig.clock.nowMs()) / 1000;
}

/** As anyone computes it who has only the world's log. */
async function hashFromLog(rig: ReturnType<typeof worldRig>): Promise<number> {
  const { originStep, pushes } = (await rig.stored(fieldId)).state.weather!;
  const air = memoryWeathers(restS).open({ spec, start: { kind: "rest", originStep }, pushes });
  return hashOf(air, await gameSeconds(rig));
}

/** Of the state at the step of a moment. */
function hashOf(air: OpenAir, timeS: number): number {
  return hashWords(new Int32Array(Float64Array.from(air.at(timeS)!.state.all).buffer), 1);
}
