import { beforeEach, describe, expect, test } from "vitest";
import type { StoredWeather, WeatherStates } from "#core/ports/weather.ts";
import type { Setup } from "#tests/support/database.ts";
import { worldId, worldRecord } from "#tests/support/records.ts";

export function weatherStatesContract(name: string, setup: Setup): void {
  describe(`weather states, ${name}`, () => {
    let states: WeatherStates;
    beforeEach(async () => {
      const storage = await setup();
      states = storage.weatherStates;
      for (const number of [1, 2]) await storage.worlds.createIfAbsent(worldRecord(number));
    });

    const weather = (step: number): StoredWeather => ({
      step,
      originStep: -480,
      pushCount: 3,
      state: Uint8Array.from({ length: 5000 }, (_, i) => (i * 7 + step) & 255),
    });

    test("a world whose weather was never saved has none", async () => {
      expect(await states.latest(worldId(1))).toBeNull();
    });

    test("what was saved comes back byte for byte, and each world has its own", async () => {
      await states.save(worldId(1), 1, weather(-5));
      await states.save(worldId(2), 9, weather(2 ** 30));
      expect(await states.latest(worldId(1))).toEqual(weather(-5));
      expect(await states.latest(worldId(2))).toEqual(weather(2 ** 30));
    });

    test("the newest replaces what was there, also under the same fence, also of an earlier step", async () => {
      await states.save(worldId(1), 4, weather(10));
      await states.save(worldId(1), 4, weather(11));
      expect((await states.latest(worldId(1)))?.step).toBe(11);
      await states.save(worldId(1), 5, weather(2));
      expect(await states.latest(worldId(1))).toEqual(weather(2));
    });

    test("an owner who has lost the world changes nothing", async () => {
      await states.save(worldId(1), 5, weather(10));
      await states.save(worldId(1), 4, weather(11));
      expect(await states.latest(worldId(1))).toEqual(weather(10));
    });

    test("what is changed after it was saved is not changed in the store", async () => {
      const given = weather(1);
      await states.save(worldId(1), 1, given);
      given.state.fill(0);
      expect(await states.latest(worldId(1))).toEqual(weather(1));
    });
  });
}
