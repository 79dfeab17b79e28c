import { precipitate } from "./condensation.ts";
import { convect } from "./convection.ts";
import { dampSmallWaves } from "./damping.ts";
import { fixEnergy } from "./energy.ts";
import { slowWinds } from "./friction.ts";
import { exchangeWithGround } from "./ground.ts";
import { layerCount } from "./layers.ts";
import { moveMass } from "./mass.ts";
import type { Model } from "./model.ts";
import { putKinetic, putTendencies } from "./momentum.ts";
import { latentHeat, meltingHeat } from "./planet.ts";
import { blow, putGeopotential } from "./pressure-force.ts";
import { pushWeather } from "./push.ts";
import { radiateUp, shineDown } from "./radiation.ts";
import { calveIce, mixSea } from "./sea-currents.ts";
import { at } from "./state.ts";
import { carryMoisture, carryWarmth } from "./transport.ts";

// One step of the moist primitive equations on σ layers, forward–backward: mass, then what it carries, then the wind under the new pressure
// (core/sim/weather/*.ts name their sources); after it the physics of every column. One evaluation a step, in a fixed order.
// Cost: about 0.5 µs a cell and layer. Kept: mass and water to rounding, energy by energy.ts.

export function stepDynamics(model: Model, dtS: number): void {
  for (let k = 0; k < layerCount; k++) putKinetic(model, k);
  fixEnergy(model);
  moveMass(model, dtS);
  carryWarmth(model, dtS);
  putTendencies(model);
  carryMoisture(model, dtS);
  putGeopotential(model);
  blow(model, dtS);
  dampSmallWaves(model, dtS);
}

export function stepPhysics(model: Model, timeS: number, dtS: number): void {
  putKinetic(model, layerCount - 1);
  shineDown(model, timeS);
  exchangeWithGround(model, dtS);
  radiateUp(model, dtS);
  convect(model, dtS);
  precipitate(model, dtS);
  expectEnergy(model, dtS);
  slowWinds(model, dtS);
  pushWeather(model, dtS);
  calveIce(model);
  mixSea(model, dtS);
}

/** What the air holds after the physics: what crossed its top and its bottom, booked for `fixEnergy` of the next step. */
function expectEnergy({ ops, state, work }: Model, dtS: number): void {
  const { cellCount, share_c } = ops;
  const { emitted_c, sensible_c, downward_c, sunGround_c, radiated } = work;
  const { evaporation_c, snowfall_c, header } = state;
  let gained = radiated[0]!;
  for (let c = 0; c < cellCount; c++) {
    const fromGround = emitted_c[c]! + sensible_c[c]! - downward_c[c]! - sunGround_c[c]!;
    gained += share_c[c]! * (fromGround + latentHeat * evaporation_c[c]! + meltingHeat * snowfall_c[c]!);
  }
  header[at.energy]! += dtS * gained;
}
