import { expect, test } from "vitest";
import { biomes } from "../protocol/map.ts";
import { mapLayers, mapLegend } from "../protocol/world-map.ts";
import { koppenClasses } from "../sim/planet/koppen.ts";
import { climateInWords, mapLegendOf } from "./map-legend.ts";

test.each(mapLayers)("the legend of %s says what every colour means, from low to high", (layer) => {
  const legend = mapLegendOf(layer);
  expect(mapLegend.parse(legend)).toEqual(legend);
  expect(legend.bars.length + legend.names.length).toBeGreaterThan(0);
  for (const { stops } of legend.bars)
    expect(stops.map(({ at }) => at)).toEqual(stops.map(({ at }) => at).toSorted((a, b) => a - b));
});

test("what tiles are called can be looked up in the legend", () => {
  const codes = mapLegendOf("biomes").names.map(({ code }) => code);
  expect(biomes.filter((biome) => !codes.includes(biome))).toEqual(["Ocean", "Default", "Lobby", "Void", "River"]);
  expect(mapLegendOf("climate").names.map(({ code }) => code)).toEqual([...koppenClasses]);
});

test("every climate has words of its own", () => {
  const words = koppenClasses.map(climateInWords);
  expect(new Set(words).size).toBe(koppenClasses.length);
  expect(words.join()).not.toContain("undefined");
  expect([climateInWords("Csb"), climateInWords("BWh"), climateInWords("Af")]).toEqual([
    "Temperate, warm and dry summer",
    "Hot desert",
    "Tropical, rain all year",
  ]);
});
