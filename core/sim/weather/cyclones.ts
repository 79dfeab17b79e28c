import { hash3 } from "../hash.ts";
import { createCycloneAir, type CycloneAir, putCycloneAir } from "./cyclone-air.ts";
import { cycloneScale, reachM, stormFromMps } from "./cyclone-wind.ts";
import type { Model } from "./model.ts";
import { meltingK, spinRate } from "./planet.ts";
import { at, cyclone, cycloneSize, cyclonesMax } from "./state.ts";
import { strengthen } from "./cyclone-strength.ts";

// Tropical cyclones: too small for the cells, so they are followed one by one in the model's own seas and winds, by chances that only seed, step
// and cell decide. Genesis: potential index of Emanuel & Nolan 2004, GPI = |10⁵ f|^(3/2) (H/50)³ (V_pot/70)³ (1 + 0.1 S)⁻², over seas as warm as
// Gray 1979 asks for and as far from the equator. Track: the wind around, and beta drift (Emanuel et al. 2006; Chan 2005). Strength: Emanuel 2017,
// over land Kaplan & DeMaria 1995. They are laid over the weather where it is looked at and take nothing from it: books of water and energy do not know them.

/** Cyclones per m² and s at an index of 1: the one knob, fitted to 85 named storms a year over the Earth's land at level 3. */
const genesisRate = 2.5e-20;
/** Gray's 26.5 °C, less 2 K by which the model's tropical seas are colder than Earth's (docs/simulation.md). */
const warmSeaK = meltingK + 24.5;
/** 2 Ω sin 5° of the Earth. */
const coriolisLeast = 1.27e-5;
/** Half of it: what has come so near to the equator falls apart. */
const coriolisKept = 0.6e-5;
const genesisHours = 6;
/** What begins is a depression, with this wind and a middle this wet. */
const beginning = { maxMps: 15, moisture: 0.45 } as const;
const endsBelowMps = 11;
const hoursMax = 24 * 30;
/** m/s, on a world that turns as fast as the Earth and is as large. */
const drift = { poleward: 2, west: 1.5 } as const;

/** After every step of the weather. Steps are whole parts of an hour. */
export function stepCyclones(model: Model, stepS: number): void {
  const { cyclones, header } = model.state;
  const isHour = (header[at.step]! * stepS) % 3600 === 0;
  for (let slot = 0; slot < cyclonesMax * cycloneSize; slot += cycloneSize) {
    if (cyclones[slot] === 0) continue;
    move(model, slot, stepS);
    if (isHour) goOn(model, slot);
  }
  if ((header[at.step]! * stepS) % (3600 * genesisHours) === 0) begin(model);
}

function move({ state, planet, grid }: Model, slot: number, stepS: number): void {
  const { cyclones } = state;
  const x = cyclones[slot + cyclone.x]!;
  const y = cyclones[slot + cyclone.y]!;
  const z = cyclones[slot + cyclone.z]!;
  const flat = Math.max(1e-9, Math.sqrt(x * x + y * y));
  const east = (cyclones[slot + cyclone.east]! * stepS) / planet.radiusM;
  const north = (cyclones[slot + cyclone.north]! * stepS) / planet.radiusM;
  const nextX = x - (y * east + z * x * north) / flat;
  const nextY = y + (x * east - z * y * north) / flat;
  const nextZ = z + flat * north;
  const length = Math.sqrt(nextX * nextX + nextY * nextY + nextZ * nextZ);
  put(cyclones, slot, nextX / length, nextY / length, nextZ / length);
  cyclones[slot + cyclone.cell] = grid.cellAt(nextX, nextY, nextZ, cyclones[slot + cyclone.cell]!);
}

function put(cyclones: Float64Array, slot: number, x: number, y: number, z: number): void {
  cyclones[slot + cyclone.x] = x;
  cyclones[slot + cyclone.y] = y;
  cyclones[slot + cyclone.z] = z;
}

const around = createCycloneAir();
const one = createCycloneAir();

/** An hour of its life: the air around it, its strength, its way. */
function goOn(model: Model, slot: number): void {
  const { cyclones, header } = model.state;
  putAround(model, slot, around);
  const wasStorm = cyclones[slot + cyclone.peakMps]! >= stormFromMps;
  strengthen(model, slot, around);
  cyclones[slot + cyclone.hours]! += 1;
  const maxMps = cyclones[slot + cyclone.maxMps]!;
  if (maxMps > cyclones[slot + cyclone.peakMps]!) cyclones[slot + cyclone.peakMps] = maxMps;
  if (!wasStorm && maxMps >= stormFromMps) header[at.stormCount]! += 1;
  steer(model, slot, around);
  const coriolis = Math.abs(2 * spinRate(model.planet) * cyclones[slot + cyclone.z]!);
  const isOver = maxMps < endsBelowMps || cyclones[slot + cyclone.hours]! > hoursMax || coriolis < coriolisKept;
  if (isOver) cyclones.fill(0, slot, slot + cycloneSize);
}

/** Means over the cell it is in and those around, by how near they are; what is of the sea, over those that are sea. */
function putAround(model: Model, slot: number, out: CycloneAir): void {
  const { grid, ops, planet, state } = model;
  const { cyclones } = state;
  const p = grid.position_c;
  const cell = cyclones[slot + cyclone.cell]!;
  const angle = (1.75 * ops.spanM) / planet.radiusM;
  const edge = 1 - 0.5 * angle * angle;
  let [whole, sea] = [0, 0];
  Object.assign(out, nothing);
  for (let n = -1; n < 6; n++) {
    const c = n < 0 ? cell : grid.neighbour_cn[6 * cell + n]!;
    if (n >= 0 && c === cell) continue;
    const closeness =
      cyclones[slot + cyclone.x]! * p[3 * c]! +
      cyclones[slot + cyclone.y]! * p[3 * c + 1]! +
      cyclones[slot + cyclone.z]! * p[3 * c + 2]!;
    const weight = closeness - edge;
    if (weight <= 0) continue;
    putCycloneAir(model, c, one);
    whole += weight;
    out.shearMps += weight * one.shearMps;
    out.east += weight * one.east;
    out.north += weight * one.north;
    if (!one.isSea) continue;
    sea += weight;
    out.potentialMps += weight * one.potentialMps;
    out.efficiency += weight * one.efficiency;
    out.seaK += weight * one.seaK;
    out.dryness += weight * one.dryness;
  }
  out.isSea = sea > 0 && model.isLand_c[cell] === 0;
  out.shearMps /= whole;
  out.east /= whole;
  out.north /= whole;
  if (sea === 0) return;
  out.potentialMps /= sea;
  out.efficiency /= sea;
  out.seaK /= sea;
  out.dryness /= sea;
}

const nothing = createCycloneAir();

/** With the wind around, and by its own turning towards the pole and against the world's spin. */
function steer({ planet, state }: Model, slot: number, air: CycloneAir): void {
  const { cyclones } = state;
  const z = cyclones[slot + cyclone.z]!;
  const flat = Math.sqrt(1 - z * z);
  const spin = spinRate(planet);
  const beta = Math.min(1, (Math.abs(spin) / 7.292e-5) * (6.371e6 / planet.radiusM)) * flat;
  cyclones[slot + cyclone.east] = air.east - Math.sign(spin) * drift.west * beta;
  cyclones[slot + cyclone.north] = air.north + Math.sign(z) * drift.poleward * beta;
}

/** At most one in each cell, anywhere within it. */
function begin(model: Model): void {
  const { state, ops, grid, isLand_c, planet } = model;
  const { header, skinK_c, iceM_c, cyclones } = state;
  const [seed, step] = [header[at.cycloneSeed]!, header[at.step]!];
  const spin = 2 * spinRate(planet);
  const areaM2 = 4 * Math.PI * planet.radiusM * planet.radiusM;
  for (let c = 0; c < ops.cellCount; c++) {
    if (isLand_c[c] === 1 || iceM_c[c]! > 0 || skinK_c[c]! < warmSeaK) continue;
    const coriolis = Math.abs(spin * grid.position_c[3 * c + 2]!);
    if (coriolis < coriolisLeast) continue;
    putCycloneAir(model, c, one);
    const chance = genesisRate * genesisIndex(one, coriolis) * areaM2 * ops.share_c[c]! * 3600 * genesisHours;
    if (hash3(seed, step, c, 0) / 0x1_0000_0000 >= chance) continue;
    const slot = freeSlot(cyclones);
    if (slot >= 0) beginAt(model, slot, c);
  }
}

/** Of Emanuel & Nolan 2004, with the turning of the world for that of the air: the cells are too large to have more of their own. */
export function genesisIndex({ humidity, potentialMps, shearMps }: CycloneAir, coriolis: number): number {
  const turning = 1e5 * coriolis;
  const [moist, strong, calm] = [humidity / 0.5, potentialMps / 70, 1 / (1 + 0.1 * shearMps)];
  return turning * Math.sqrt(turning) * moist * moist * moist * strong * strong * strong * calm * calm;
}

function beginAt(model: Model, slot: number, c: number): void {
  const { state, ops, grid, planet } = model;
  const { header, cyclones } = state;
  const p = grid.position_c;
  const radius = (0.5 * ops.spanM) / planet.radiusM;
  const draw = (k: number) => radius * (hash3(header[at.cycloneSeed]!, header[at.step]!, c, k) / 0x8000_0000 - 1);
  const [x, y, z] = [p[3 * c]! + draw(1), p[3 * c + 1]! + draw(2), p[3 * c + 2]! + draw(3)];
  const length = Math.sqrt(x * x + y * y + z * z);
  const cell = grid.cellAt(x, y, z, c);
  const coriolis = Math.abs((2 * spinRate(planet) * z) / length);
  if (model.isLand_c[cell] === 1 || coriolis < coriolisLeast || isNearOther(model, x / length, y / length, z / length))
    return;
  header[at.cycloneCount]! += 1;
  put(cyclones, slot, x / length, y / length, z / length);
  cyclones[slot + cyclone.id] = header[at.cycloneCount]!;
  cyclones[slot + cyclone.maxMps] = beginning.maxMps;
  cyclones[slot + cyclone.peakMps] = beginning.maxMps;
  cyclones[slot + cyclone.moisture] = beginning.moisture;
  cyclones[slot + cyclone.cell] = cell;
  putAround(model, slot, around);
  steer(model, slot, around);
}

/** Within the reach of one there is no room for another. */
function isNearOther({ state, planet }: Model, x: number, y: number, z: number): boolean {
  const { cyclones } = state;
  const angle = reachM(cycloneScale(planet.radiusM)) / planet.radiusM;
  const edge = 1 - 0.5 * angle * angle;
  for (let slot = 0; slot < cyclonesMax * cycloneSize; slot += cycloneSize) {
    if (cyclones[slot] === 0) continue;
    const closeness =
      x * cyclones[slot + cyclone.x]! + y * cyclones[slot + cyclone.y]! + z * cyclones[slot + cyclone.z]!;
    if (closeness > edge) return true;
  }
  return false;
}

function freeSlot(cyclones: Float64Array): number {
  for (let slot = 0; slot < cyclonesMax * cycloneSize; slot += cycloneSize) if (cyclones[slot] === 0) return slot;
  return -1;
}
