import { describe, expect, test } from "vitest";
import { completeSpecification } from "#core/interview/complete-specification.ts";
import { planetSpecOf } from "#core/interview/planet-of.ts";
import { readAnswers } from "#core/interview/reading/read-answers.ts";
import { biomeClass } from "#core/sim/biome.ts";
import { gridCache, makePlanet } from "#core/sim/planet/generate.ts";
import type { Planet } from "#core/sim/planet/planet.ts";
import { summaryOf } from "#core/sim/planet/summary.ts";

const specified = (environment: string, seed: number) =>
  planetSpecOf(completeSpecification(readAnswers({ environment }), { name: "Test", seed }));

describe("the planet that somebody told of", { timeout: 60_000 }, () => {
  const gridOf = gridCache();
  const seeds = [1, 2, 3];
  const made = (environment: string, seed: number): Planet =>
    makePlanet({ ...specified(environment, seed), level: 4 }, { gridOf });
  const share = (planet: Planet, ...classes: number[]): number => {
    const { biomeShares } = summaryOf(planet);
    return classes.reduce((sum, one) => sum + (biomeShares.get(one) ?? 0), 0);
  };

  test.each(seeds)("80 per cent water is that, give or take two, seed %i", (seed) => {
    const { landShare } = summaryOf(made("80 % water", seed));
    expect(Math.abs(1 - landShare - 0.8)).toBeLessThanOrEqual(0.02);
  });

  test.each(seeds)("colder is colder and has more ice, seed %i", (seed) => {
    const [cold, usual, hot] = ["icy", "temperate", "scorching"].map((word) => made(`a ${word} world`, seed));
    const ice = (planet: Planet) => share(planet, biomeClass.tundra);
    expect(summaryOf(cold!).meanTemperatureC).toBeLessThan(summaryOf(usual!).meanTemperatureC - 5);
    expect(summaryOf(hot!).meanTemperatureC).toBeGreaterThan(summaryOf(usual!).meanTemperatureC + 5);
    expect(ice(cold!)).toBeGreaterThan(ice(usual!) + 0.1);
    expect(ice(hot!)).toBeLessThanOrEqual(ice(usual!));
  });

  test.each(seeds)("wetter has more rain, more forest and less desert, seed %i", (seed) => {
    const [dry, usual, wet] = ["a very dry world", "", "a very wet world"].map((words) => made(words, seed));
    const forest = (planet: Planet) =>
      share(planet, biomeClass.rainforest, biomeClass.deciduousForest, biomeClass.taiga, biomeClass.wetland);
    const desert = (planet: Planet) => share(planet, biomeClass.desert);
    expect(summaryOf(wet!).meanRainMmDay).toBeGreaterThan(summaryOf(usual!).meanRainMmDay);
    expect(summaryOf(dry!).meanRainMmDay).toBeLessThan(summaryOf(usual!).meanRainMmDay);
    expect(forest(wet!)).toBeGreaterThan(forest(dry!));
    expect(desert(wet!)).toBeLessThan(desert(dry!));
  });
});
