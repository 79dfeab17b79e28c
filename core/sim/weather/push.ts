import { assert } from "../../lib/assert.ts";
import { cos, sin } from "../elementary.ts";
import { exner_k, layerCount, pressure_k, thickness_k } from "./layers.ts";
import type { Model } from "./model.ts";
import { heatCapacity, latentHeat } from "./planet.ts";
import { at, pushesMax, pushSize } from "./state.ts";
import { saturation } from "./tables.ts";

// The hand of a world's owner: for some hours the air over a place is drawn towards what is wished, strongest in the middle, and then
// physics takes it back. Water comes from the sea's account and goes there; energy is booked as given. Part of the state: replay needs
// no more than the same inputs at the same steps.

export const pushKinds = ["rain", "clear", "warm", "cold", "wind"] as const;

export type Push = {
  readonly kind: (typeof pushKinds)[number];
  /** Unit vector to the middle. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly radiusM: number;
  /** 0 … 1; of warm and cold 1 is 24 K a day, of wind 1 is 30 m/s. */
  readonly strength: number;
  readonly hours: number;
  /** Of wind, where it goes: radians from north over east. */
  readonly bearingRad?: number;
};

export const pushHoursMax = 240;

/** In `push`, eight numbers each: kind + 1 (0 is free), x, y, z, cosine of the radius, strength, seconds left, bearing. */
export function addPush({ state, planet }: Model, push: Push): void {
  const kind = pushKinds.indexOf(push.kind);
  const length = Math.sqrt(push.x * push.x + push.y * push.y + push.z * push.z);
  assert(
    kind >= 0 && length > 0 && push.strength > 0 && push.strength <= 1,
    "a push has a kind, a place and a strength",
  );
  assert(push.hours > 0 && push.hours <= pushHoursMax && push.radiusM > 0, "a push has hours and a radius");
  const angle = Math.min(1.5, push.radiusM / planet.radiusM);
  const closeness = 1 - 0.5 * angle * angle;
  const slot = freeSlot(state.push);
  state.push.set(
    [
      kind + 1,
      push.x / length,
      push.y / length,
      push.z / length,
      closeness,
      push.strength,
      push.hours * 3600,
      push.bearingRad ?? 0,
    ],
    slot,
  );
}

/** The first free place, or that of the push with the least time left. */
function freeSlot(push: Float64Array): number {
  let best = 0;
  for (let slot = 0; slot < pushesMax * pushSize; slot += pushSize) {
    if (push[slot] === 0) return slot;
    if (push[slot + 6]! < push[best + 6]!) best = slot;
  }
  return best;
}

export function pushWeather(model: Model, dtS: number): void {
  const { push } = model.state;
  for (let slot = 0; slot < pushesMax * pushSize; slot += pushSize) {
    if (push[slot] === 0) continue;
    applyPush(model, slot, dtS);
    push[slot + 6]! -= dtS;
    if (push[slot + 6]! <= 0) push.fill(0, slot, slot + pushSize);
  }
}

function applyPush(model: Model, slot: number, dtS: number): void {
  const { ops, state, grid } = model;
  const { push } = state;
  const p = grid.position_c;
  const kind = pushKinds[push[slot]! - 1];
  const edge = push[slot + 4]!;
  let given = 0;
  for (let c = 0; c < ops.cellCount; c++) {
    const closeness = push[slot + 1]! * p[3 * c]! + push[slot + 2]! * p[3 * c + 1]! + push[slot + 3]! * p[3 * c + 2]!;
    if (closeness <= edge) continue;
    const weight = (push[slot + 5]! * (closeness - edge)) / (1 - edge);
    if (kind === "rain") given += soak(model, c, 1.02, (weight * dtS) / 5400);
    else if (kind === "clear") given += soak(model, c, 0.35, (weight * dtS) / 5400);
    else if (kind === "warm") given += warm(model, c, (weight * dtS) / 3600);
    else if (kind === "cold") given += warm(model, c, (-weight * dtS) / 3600);
    else if (kind === "wind") blowOver(model, c, push[slot + 7]!, weight, dtS);
  }
  state.header[at.given]! += given;
  state.header[at.energy]! += given;
}

/** Moisture of a column towards a relative humidity, by this share. Returns J per m² of the sphere. */
function soak({ ops, state, work, planet }: Model, c: number, relative: number, rate: number): number {
  const { cellCount, share_c } = ops;
  const { humidity_kc, theta_kc, pressurePa_c, toSea_c } = state;
  const share = rate / (1 + rate);
  let soaked = 0;
  for (let k = 1; k < layerCount; k++) {
    const kc = k * cellCount + c;
    const temperature = theta_kc[kc]! * work.exner_c[c]! * exner_k[k]!;
    const wanted = relative * saturation(temperature, pressurePa_c[c]! * pressure_k[k]!);
    const change = share * (wanted - humidity_kc[kc]!);
    if (relative > 1 ? change <= 0 : change >= 0) continue;
    humidity_kc[kc]! += change;
    soaked += (change * thickness_k[k]! * pressurePa_c[c]!) / planet.gravity;
  }
  toSea_c[c]! -= soaked;
  return share_c[c]! * latentHeat * soaked;
}

function warm({ ops, state, work, planet }: Model, c: number, kelvin: number): number {
  const { cellCount, share_c } = ops;
  const { theta_kc, pressurePa_c } = state;
  let part = 0;
  for (let k = 1; k < layerCount; k++) {
    theta_kc[k * cellCount + c]! += kelvin / (work.exner_c[c]! * exner_k[k]!);
    part += thickness_k[k]!;
  }
  return (share_c[c]! * kelvin * heatCapacity * part * pressurePa_c[c]!) / planet.gravity;
}

/** The lower winds of a cell's edges towards 30 m/s along the bearing; a part comes from each side of an edge. */
function blowOver({ ops, state, work }: Model, c: number, bearingRad: number, weight: number, dtS: number): void {
  const { east_cn, north_cn } = work.compass;
  const rate = (0.5 * weight * dtS) / 10_800;
  const sinBearing = sin(bearingRad);
  const cosBearing = cos(bearingRad);
  for (let n = 6 * c; n < 6 * c + 6; n++) {
    const weightOfEdge = 2 * ops.kinetic_cn[n]!;
    if (weightOfEdge === 0) continue;
    // east_cn is weight · (east · normal): divided by the weight it is the part of the wished wind that crosses the edge.
    const wished = (30 * (sinBearing * east_cn[n]! + cosBearing * north_cn[n]!)) / weightOfEdge;
    for (let k = layerCount - 2; k < layerCount; k++) {
      const ke = k * ops.edgeCount + ops.edge_cn[n]!;
      state.wind_ke[ke]! += (rate / (1 + rate)) * (wished - state.wind_ke[ke]!);
    }
  }
}
