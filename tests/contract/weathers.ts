import { describe, expect, test } from "vitest";
import { AppError } from "#core/lib/errors.ts";
import type { OpenAir, Weathers } from "#core/ports/weather.ts";
import { hashWords } from "#core/sim/hash.ts";
import { makePlanet } from "#core/sim/planet/generate.ts";
import { earthLike } from "#core/sim/planet/spec.ts";
import type { WeatherView } from "#core/sim/weather/sample.ts";
import { readyMadeWorlds } from "#core/world/seeds.ts";
import type { WorldSpec } from "#core/world/spec.ts";
import { airOf, airStepS, inAir } from "#core/world/weather/air.ts";
import { airLandOf } from "#core/world/weather/air-land.ts";
import type { AirStart } from "#core/world/weather/air-run.ts";
import type { StepPush } from "#core/world/weather/history.ts";

/** A small planet of long days: two minutes a step. */
export const planetSpec: WorldSpec = { ...readyMadeWorlds[2]!.spec, radiusM: 1_900_000 };

export type WeathersSetup = () => { readonly weathers: Weathers; wait(): Promise<void> };

export function weathersContract(name: string, setup: WeathersSetup): void {
  const stepS = airStepS(planetSpec);
  const rest: AirStart = { kind: "rest", originStep: 100 };
  const place = { ...inAir(planetSpec, planetSpec.spawn.position), elevationM: 20, isSea: false };
  const rain = (step: number): StepPush => ({
    step,
    push: { kind: "rain", ...inAir(planetSpec, planetSpec.spawn.position), radiusM: 2e6, strength: 1, hours: 6 },
  });
  const open = (
    { weathers }: { weathers: Weathers },
    start: AirStart = rest,
    pushes: readonly StepPush[] = [],
  ): OpenAir => weathers.open({ spec: planetSpec, start, pushes });

  describe(`weathers, ${name}`, () => {
    async function look(air: OpenAir, step: number, wait: () => Promise<void>): Promise<WeatherView> {
      for (;;) {
        const view = air.at((step + 0.25) * stepS);
        if (view?.next !== undefined) return view;
        expect(air.isLost).toBe(false);
        await wait();
      }
    }

    /** Of both states that are read. */
    const hashOf = ({ state, next }: WeatherView): number[] =>
      [state, next!.state].map(({ all }) => hashWords(new Int32Array(Float64Array.from(all).buffer), 1));

    test("a moment lies between two steps, and the air that was looked at often is that which was looked at once", async () => {
      const rig = setup();
      const often = open(rig);
      for (let step = 100; step < 110; step++) await look(often, step, rig.wait);
      const view = await look(often, 110, rig.wait);
      expect([view.state.header[2], view.next?.state.header[2], view.next?.share]).toEqual([110, 111, 0.25]);
      const once = open(rig);
      expect(hashOf(await look(once, 110, rig.wait))).toEqual(hashOf(view));
      often.close();
      once.close();
    });

    test("the air over a planet that was made is over its own land", async () => {
      const planet = { ...earthLike, level: 4, seed: 7, radiusM: 1_900_000 };
      const spec: WorldSpec = { ...planetSpec, ground: "planet", generator: { kind: "planet", version: 1, planet } };
      const land = airLandOf(makePlanet(planet));
      const here = airOf(spec, { land, step: 100 });
      const rig = setup();
      const air = rig.weathers.open({ spec, land, start: { kind: "saved", state: here.snapshot() }, pushes: [] });
      const view = await look(air, 102, rig.wait);
      expect(view.isLand_c).toEqual(here.model.isLand_c);
      here.advanceTo(102);
      expect(Array.from(view.state.airK_c)).toEqual(Array.from(here.model.state.airK_c));
      air.close();
    });

    test("an air that goes on from what was saved has no jump, and needs nothing of the other", async () => {
      const rig = setup();
      const first = open(rig);
      const before = hashOf(await look(first, 104, rig.wait));
      const { step, state } = await first.save();
      expect(step).toBe(104);
      const later = hashOf(await look(first, 108, rig.wait));
      first.close();
      const second = open(rig, { kind: "saved", state });
      expect(hashOf(await look(second, 104, rig.wait))).toEqual(before);
      expect(hashOf(await look(second, 108, rig.wait))).toEqual(later);
      second.close();
    });

    test("a push takes effect with its step, whether the air was open then or is come to again", async () => {
      const rig = setup();
      const live = open(rig);
      await look(live, 102, rig.wait);
      live.push([rain(104)]);
      const pushed = hashOf(await look(live, 106, rig.wait));
      const again = open(rig, rest, [rain(104)]);
      expect(hashOf(await look(again, 106, rig.wait))).toEqual(pushed);
      const alone = open(rig);
      const [unpushed] = hashOf(await look(alone, 104, rig.wait));
      const [notYet, then] = hashOf(await look(open(rig, rest, [rain(104)]), 104, rig.wait));
      expect(notYet).toBe(unpushed);
      expect(then).not.toBe(hashOf(await look(alone, 104, rig.wait))[1]);
      expect(hashOf(await look(alone, 106, rig.wait))).not.toEqual(pushed);
    });

    test("a push for a step that was asked for already loses the air rather than to be wrong", async () => {
      const rig = setup();
      const air = open(rig);
      await look(air, 102, rig.wait);
      air.push([rain(102)]);
      expect(air.isLost).toBe(true);
      expect(air.at(103 * stepS)).toBeNull();
      await expect(air.save()).rejects.toMatchObject({ code: "UNAVAILABLE" });
    });

    test("a forecast is what then comes, and leaves the air as it was", async () => {
      const rig = setup();
      const air = open(rig);
      await look(air, 100, rig.wait);
      const timesS = [101, 105, 109].map((step) => step * stepS);
      const [soon, later, latest] = await air.forecast(place, timesS);
      expect(later?.pressureHpa).not.toBe(soon?.pressureHpa);
      expect(latest?.sunAltitudeRad).not.toBe(later?.sunAltitudeRad);
      const after = hashOf(await look(air, 109, rig.wait));
      const other = open(rig);
      expect(hashOf(await look(other, 109, rig.wait))).toEqual(after);
      expect(await air.forecast(place, [1e12])).toEqual([]);
    });

    test("one that was closed says nothing any more, and costs the others nothing", async () => {
      const rig = setup();
      const [air, other] = [open(rig), open(rig)];
      await look(air, 100, rig.wait);
      air.close();
      expect(air.at(100 * stepS)).toBeNull();
      await look(other, 100, rig.wait);
    });

    test("a saved state that is damaged loses its own air only", async () => {
      const rig = setup();
      const other = open(rig);
      const state = new Uint8Array(10);
      try {
        const air = open(rig, { kind: "saved", state });
        air.at(100 * stepS);
        while (!air.isLost) await rig.wait();
        await expect(air.save()).rejects.toBeInstanceOf(AppError);
      } catch (error) {
        expect(error).toMatchObject({ message: "a snapshot of 10 bytes" });
      }
      await look(other, 100, rig.wait);
    });
  });
}
