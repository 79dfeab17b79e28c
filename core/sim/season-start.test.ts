import { expect, test } from "vitest";
import { emptyNormals } from "./planet/normals.ts";
import { beginInSeason } from "./season-start.ts";
import { createSphereGrid } from "./sphere-grid.ts";
import { seasonMemoryS } from "./weather/extremes.ts";
import { earth } from "./weather/planet.ts";
import { normalOf, putWaves, waves } from "./weather/season-normals.ts";
import { createWeather } from "./weather/weather.ts";

const grid = createSphereGrid(1);
const { cellCount } = grid;
const surface = { landShare_c: new Float64Array(cellCount).fill(1), elevationM_c: new Float64Array(cellCount) };

/** 20 °C, 10 in winter and 30 in summer; 2 mm a day, 1 in winter and 3 in summer. */
function seasonal() {
  const normals = emptyNormals(grid, surface.elevationM_c);
  for (let cm = 0; cm < 12 * cellCount; cm++) {
    const wave = Math.sin((2 * Math.PI * ((cm % 12) + 0.5)) / 12);
    normals.temperatureC_cm[cm] = 20 + 10 * wave;
    normals.rainMmDay_cm[cm] = 2 + wave;
  }
  return normals;
}

function begun(yearShare: number) {
  const { model } = createWeather(grid, surface, earth, 1);
  beginInSeason(model, seasonal(), yearShare);
  const waves_j = new Float64Array(waves);
  const normalAt = (normal_cj: Float64Array, share: number) => {
    putWaves(waves_j, share);
    return normalOf(normal_cj, 7, waves_j);
  };
  return { state: model.state, normalAt };
}

test("a day's heat is known beside its season from the beginning: some degrees above the month's mean", () => {
  const { state, normalAt } = begun(0.25);
  expect(normalAt(state.hottestNormal_cj, 0.25)).toBeCloseTo(273.15 + 34, 0);
  expect(normalAt(state.hottestNormal_cj, 0.75)).toBeCloseTo(273.15 + 14, 0);
});

test("the last quarter of the year was as wet as it should be, which is not as wet as the month", () => {
  // An eighth of a year behind a wave of a year: 0.79 of it, 38° later.
  const lag = Math.atan((2 * Math.PI * seasonMemoryS(earth)) / (365 * 86_400));
  for (const yearShare of [0, 0.25, 0.5, 0.75]) {
    const { state, normalAt } = begun(yearShare);
    const remembered = 2 + Math.cos(lag) * Math.sin(2 * Math.PI * yearShare - lag);
    expect(state.seasonRain_c[7]! * 86_400).toBeCloseTo(remembered, 1);
    expect(normalAt(state.rainNormal_cj, yearShare)).toBeCloseTo(remembered ** 0.25, 1);
    expect(state.droughtS_c[7]).toBe(0);
  }
});
