import { exner_k, layerCount, pressure_k, thickness_k } from "./layers.ts";
import type { Model } from "./model.ts";
import { earthGravity, heatCapacity, referencePa, stefanBoltzmann } from "./planet.ts";
import { putSun } from "./sunlight.ts";
import { at } from "./state.ts";
import { passing, saturation } from "./tables.ts";

// Sun and warmth. Infrared is grey: depth of a layer = (dry + vapour · q) · mass/Earth's mass + cloud (Byrne & O'Gorman 2013), but for a
// window; sunlight is thrown back by cloud and ground and taken in by air, vapour and cloud. Cloud follows relative humidity, ((RH − RH₀)/
// (1 − RH₀))², and the showers of the last hours. First what comes down to the ground; once the ground has answered, what goes up.
// What a column loses and gains adds up to what crosses its top and its bottom.

/** Mass of Earth's air over a square metre. */
const earthColumn = referencePa / earthGravity;
/** Sunlight falls mostly on the highest layer's ozone. */
const sunTop = 1.4;
const sunParts = 1 + (sunTop - 1) * thickness_k[0]!;

/** kg/m² of snow from which it is a field of its own (whole at twice that), and the warmth below which it is dry. */
const firnFrom = 150;
const dryBelowK = 268;

/** Temperatures, clouds, sunlight in the air and on the ground, infrared down to the ground. */
export function shineDown(model: Model, timeS: number): void {
  const { ops, work, planet } = model;
  putSun(work.sun, planet, timeS);
  for (let c = 0; c < ops.cellCount; c++) {
    putCloud(model, c);
    putSunlight(model, c);
    putDownward(model, c);
  }
}

function putCloud({ ops, state, work, tuning }: Model, c: number): void {
  const { cellCount } = ops;
  const { pressurePa_c, theta_kc, humidity_kc, showers_c, cloud_c } = state;
  const { temperature_kc, relative_kc, passing_kc, exner_c } = work;
  const pressure = pressurePa_c[c]!;
  let clear = 1;
  for (let k = 0, kc = c; k < layerCount; k++, kc += cellCount) {
    const temperature = theta_kc[kc]! * exner_c[c]! * exner_k[k]!;
    temperature_kc[kc] = temperature;
    const relative = humidity_kc[kc]! / saturation(temperature, pressure * pressure_k[k]!);
    relative_kc[kc] = relative;
    let cover = 0;
    if (k > 0 && relative > tuning.cloudFrom) {
      const x = (relative - tuning.cloudFrom) / (1 - tuning.cloudFrom);
      cover = x < 1 ? x * x : 1;
    }
    if (k === layerCount - 1) cover *= 0.6;
    clear *= 1 - 0.8 * cover;
    passing_kc[kc] = cover;
  }
  const showers = Math.min(0.6, tuning.showerCloud * Math.sqrt(showers_c[c]! * 86_400));
  cloud_c[c] = 1 - clear * (1 - showers);
  // Anvils lie in the second layer.
  passing_kc[cellCount + c]! += showers / 0.6;
}

function putSunlight({ ops, state, work, tuning, planet, grid, isLand_c }: Model, c: number): void {
  const { cellCount } = ops;
  const { sun, sunAir_c, sunGround_c } = work;
  const p = grid.position_c;
  const height = sun[0]! * p[3 * c]! + sun[1]! * p[3 * c + 1]! + sun[2]! * p[3 * c + 2]!;
  if (height <= 0) {
    sunAir_c[c] = 0;
    sunGround_c[c] = 0;
    return;
  }
  const light = sun[3]! * height;
  const cloud = state.cloud_c[c]!;
  let vapour = 0;
  for (let k = 0, kc = c; k < layerCount; k++, kc += cellCount) vapour += state.humidity_kc[kc]! * thickness_k[k]!;
  vapour *= state.pressurePa_c[c]! / planet.gravity;
  let taken = tuning.absorbedDry + tuning.absorbedVapour * Math.sqrt(vapour / 25) + tuning.absorbedCloud * cloud;
  if (taken > 0.4) taken = 0.4;
  const back = tuning.cloudAlbedo * cloud;
  const albedo =
    isLand_c[c] === 1
      ? landAlbedo(state.soil_c[c]!, state.snow_c[c]!, state.skinK_c[c]!, tuning)
      : seaAlbedo(state.iceM_c[c]!, state.skinK_c[c]!, p[3 * c + 2]!, tuning);
  sunAir_c[c] = light * (1 - back) * taken;
  sunGround_c[c] = (light * (1 - back) * (1 - taken) * (1 - albedo)) / (1 - 0.6 * back * albedo);
}

function landAlbedo(soil: number, snow: number, skinK: number, tuning: Model["tuning"]): number {
  const bare = tuning.albedoLand + (soil < 40 ? tuning.albedoDry * (1 - soil / 40) : 0);
  // Deeper than what woods stand out of, and dry.
  const firn = skinK < dryBelowK ? Math.min(1, Math.max(0, snow / firnFrom - 1)) : 0;
  const white = tuning.albedoSnow + (tuning.albedoFirn - tuning.albedoSnow) * firn;
  return bare + ((white - bare) * snow) / (snow + 15);
}

/** Low sun glances off water: more at high latitudes. */
function seaAlbedo(iceM: number, skinK: number, sinLatitude: number, tuning: Model["tuning"]): number {
  const water = tuning.albedoSea + 0.03 * (1 - Math.sqrt(1 - sinLatitude * sinLatitude));
  if (iceM <= 0) return water;
  const ice = skinK < 268 ? tuning.albedoColdIce : tuning.albedoIce;
  return water + (ice - water) * Math.min(1, iceM / 0.3);
}

function putDownward({ ops, state, work, tuning, planet }: Model, c: number): void {
  const { cellCount } = ops;
  const { passing_kc, warmth_kc, temperature_kc, window_c, downward_c } = work;
  const { humidity_kc, pressurePa_c, cloud_c } = state;
  const mass = pressurePa_c[c]! / (planet.gravity * earthColumn);
  const window = tuning.window * (1 - 0.6 * cloud_c[c]!);
  const dry = tuning.opacityDry * planet.greenhouse;
  let down = 0;
  for (let k = 0, kc = c; k < layerCount; k++, kc += cellCount) {
    const depth = (dry + tuning.opacityVapour * humidity_kc[kc]!) * thickness_k[k]! * mass;
    const pass = passing(depth + tuning.opacityCloud * passing_kc[kc]!);
    const squared = temperature_kc[kc]! * temperature_kc[kc]!;
    const warmth = stefanBoltzmann * squared * squared * (1 - window);
    passing_kc[kc] = pass;
    warmth_kc[kc] = warmth;
    const next = down * pass + warmth * (1 - pass);
    // For now what the layer keeps of the light from above; from below it is added by radiateUp.
    work.moved_kc[kc] = down - next;
    down = next;
  }
  window_c[c] = window;
  downward_c[c] = down;
}

/** Warms the layers by sun and infrared, and the lowest by the ground, whose `emitted_c`, `sensible_c` and evaporation are known now. */
export function radiateUp({ ops, state, work, planet }: Model, dtS: number): void {
  const { cellCount, share_c } = ops;
  const { passing_kc, warmth_kc, temperature_kc, window_c, emitted_c, sensible_c, sunAir_c, sunGround_c, moved_kc } =
    work;
  const { pressurePa_c, humidity_kc, evaporation_c, header } = state;
  let received = 0;
  for (let c = 0; c < cellCount; c++) {
    const heating = (dtS * planet.gravity) / (heatCapacity * pressurePa_c[c]!);
    const seen = window_c[c]!;
    let up = emitted_c[c]! * (1 - seen);
    for (let k = layerCount - 1, kc = (layerCount - 1) * cellCount + c; k >= 0; k--, kc -= cellCount) {
      const next = up * passing_kc[kc]! + warmth_kc[kc]! * (1 - passing_kc[kc]!);
      const sun = (sunAir_c[c]! * (k === 0 ? sunTop : 1) * thickness_k[k]!) / sunParts;
      temperature_kc[kc]! += ((up - next + moved_kc[kc]! + sun) * heating) / thickness_k[k]!;
      up = next;
    }
    const lowest = (layerCount - 1) * cellCount + c;
    const mass = (pressurePa_c[c]! * thickness_k[layerCount - 1]!) / planet.gravity;
    temperature_kc[lowest]! += (dtS * sensible_c[c]!) / (heatCapacity * mass);
    humidity_kc[lowest]! += (dtS * evaporation_c[c]!) / mass;
    received += share_c[c]! * (sunAir_c[c]! + sunGround_c[c]! - up - emitted_c[c]! * seen);
  }
  work.radiated[0] = received;
  header[at.received]! += dtS * received;
}
