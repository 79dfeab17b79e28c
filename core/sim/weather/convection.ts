import { exner_k, layerCount, pressure_k, thickness_k } from "./layers.ts";
import type { Model } from "./model.ts";
import { heatCapacity, latentHeat, vapourGasConstant } from "./planet.ts";
import { saturation } from "./tables.ts";

// What rises by itself. Moisture of the lowest layer mixes into the next; columns warmer below than above turn over; moist convection
// relaxes a column towards the temperatures of a rising parcel and a relative humidity (simplified Betts–Miller, Frierson 2007): deep where
// that rains, the temperatures shifted so that c_p T + L q of the column is kept; else shallow, within the two lowest layers, without rain.

export function convect(model: Model, dtS: number): void {
  for (let c = 0; c < model.ops.cellCount; c++) {
    mixVapour(model, c, dtS);
    turnOver(model, c);
    const top = raiseParcel(model, c);
    model.state.rain_c[c] = top < layerCount - 1 ? relax(model, c, top, dtS) : 0;
  }
}

function mixVapour({ ops, state, work, tuning }: Model, c: number, dtS: number): void {
  const { relative_kc, temperature_kc } = work;
  const { humidity_kc, pressurePa_c, skinK_c, airK_c } = state;
  const low = (layerCount - 1) * ops.cellCount + c;
  const next = low - ops.cellCount;
  const drier = relative_kc[low]! - relative_kc[next]!;
  if (drier <= 0) return;
  const rate = (dtS / (tuning.vapourMixingDays * 86_400)) * (skinK_c[c]! > airK_c[c]! ? 1 : 0.3);
  const wanted = rate * drier * saturation(temperature_kc[next]!, pressurePa_c[c]! * pressure_k[layerCount - 2]!);
  const lower = thickness_k[layerCount - 1]!;
  const upper = thickness_k[layerCount - 2]!;
  const share = wanted / (lower + upper);
  const moved = Math.min(share, (0.5 * humidity_kc[low]!) / upper);
  humidity_kc[low]! -= moved * upper;
  humidity_kc[next]! += moved * lower;
}

/** Two layers of which the lower is potentially warmer share their warmth. */
function turnOver({ ops, work }: Model, c: number): void {
  const { cellCount } = ops;
  const { temperature_kc } = work;
  for (let sweep = 0; sweep < 2; sweep++) {
    for (let k = layerCount - 2; k >= 0; k--) {
      const upper = k * cellCount + c;
      const lower = upper + cellCount;
      if (temperature_kc[lower]! * exner_k[k]! <= temperature_kc[upper]! * exner_k[k + 1]!) continue;
      const heat = temperature_kc[upper]! * thickness_k[k]! + temperature_kc[lower]! * thickness_k[k + 1]!;
      const theta = heat / (exner_k[k]! * thickness_k[k]! + exner_k[k + 1]! * thickness_k[k + 1]!);
      temperature_kc[upper] = theta * exner_k[k]!;
      temperature_kc[lower] = theta * exner_k[k + 1]!;
    }
  }
}

/** Temperatures of a parcel of the lowest layer that rises; the highest layer where it is lighter than what is there. */
function raiseParcel({ ops, state, work }: Model, c: number): number {
  const { cellCount } = ops;
  const { temperature_kc, geopotential_kc, column } = work;
  const { humidity_kc, pressurePa_c, cape_c } = state;
  const { parcelK_k } = column;
  const low = (layerCount - 1) * cellCount + c;
  const humid = humidity_kc[low]!;
  const start = temperature_kc[low]!;
  const energy = heatCapacity * start + geopotential_kc[low]! + latentHeat * humid;
  parcelK_k[layerCount - 1] = start;
  let top = layerCount - 1;
  let cape = 0;
  for (let k = layerCount - 2; k >= 0; k--) {
    const kc = k * cellCount + c;
    const pressure = pressurePa_c[c]! * pressure_k[k]!;
    let parcel = (start * exner_k[k]!) / exner_k[layerCount - 1]!;
    let held = humid;
    if (saturation(parcel, pressure) <= humid) {
      parcel = temperature_kc[kc]!;
      for (let newton = 0; newton < 4; newton++) {
        const full = saturation(parcel, pressure);
        const excess = heatCapacity * parcel + geopotential_kc[kc]! + latentHeat * full - energy;
        parcel -= excess / (heatCapacity + (latentHeat * latentHeat * full) / (vapourGasConstant * parcel * parcel));
      }
      held = Math.min(humid, saturation(parcel, pressure));
    }
    parcelK_k[k] = parcel;
    const lighter = parcel * (1 + 0.608 * held) - temperature_kc[kc]! * (1 + 0.608 * humidity_kc[kc]!);
    if (lighter <= 0) break;
    cape += (287.04 * lighter * thickness_k[k]!) / pressure_k[k]!;
    top = k;
  }
  cape_c[c] = cape;
  return top;
}

/** Returns the rain, kg/m². */
function relax({ ops, state, work, tuning, planet }: Model, c: number, top: number, dtS: number): number {
  const { cellCount } = ops;
  const { temperature_kc, column } = work;
  const { humidity_kc, pressurePa_c } = state;
  const { parcelK_k, wantedHumidity_k } = column;
  let warming = 0;
  let drying = 0;
  let whole = 0;
  for (let k = top; k < layerCount; k++) {
    const kc = k * cellCount + c;
    wantedHumidity_k[k] = tuning.convectionHumidity * saturation(parcelK_k[k]!, pressurePa_c[c]! * pressure_k[k]!);
    warming += (heatCapacity / latentHeat) * (parcelK_k[k]! - temperature_kc[kc]!) * thickness_k[k]!;
    drying += (humidity_kc[kc]! - wantedHumidity_k[k]!) * thickness_k[k]!;
    whole += thickness_k[k]!;
  }
  if (warming <= 0) return 0;
  const share = dtS / (tuning.convectionS + dtS);
  if (drying <= 0) {
    mixShallow(work, humidity_kc, cellCount, c, 0.5 * share);
    return 0;
  }
  const shift = ((drying - warming) * latentHeat) / (heatCapacity * whole);
  for (let k = top; k < layerCount; k++) {
    const kc = k * cellCount + c;
    temperature_kc[kc]! += share * (parcelK_k[k]! + shift - temperature_kc[kc]!);
    humidity_kc[kc]! += share * (wantedHumidity_k[k]! - humidity_kc[kc]!);
  }
  return (share * drying * pressurePa_c[c]!) / planet.gravity;
}

/** The two lowest layers move towards the parcel's differences; their sums of warmth and of moisture stay. */
function mixShallow(
  { temperature_kc, column }: Model["work"],
  humidity_kc: Float64Array,
  cellCount: number,
  c: number,
  share: number,
): void {
  const k = layerCount - 2;
  const upper = k * cellCount + c;
  const lower = upper + cellCount;
  const upperPart = thickness_k[k]! / (thickness_k[k]! + thickness_k[k + 1]!);
  const warmer = column.parcelK_k[k]! - temperature_kc[upper]! - (column.parcelK_k[k + 1]! - temperature_kc[lower]!);
  temperature_kc[upper]! += share * warmer * (1 - upperPart);
  temperature_kc[lower]! -= share * warmer * upperPart;
  const wanted = column.wantedHumidity_k;
  let moister = share * (wanted[k]! - humidity_kc[upper]! - (wanted[k + 1]! - humidity_kc[lower]!));
  if (moister * upperPart > 0.5 * humidity_kc[lower]!) moister = (0.5 * humidity_kc[lower]!) / upperPart;
  if (moister * (1 - upperPart) < -0.5 * humidity_kc[upper]!) moister = (-0.5 * humidity_kc[upper]!) / (1 - upperPart);
  humidity_kc[upper]! += moister * (1 - upperPart);
  humidity_kc[lower]! -= moister * upperPart;
}
