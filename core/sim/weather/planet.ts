// What the weather of a world follows from, apart from its land. Every value is free within `planetLimits`.

export type Planet = {
  readonly radiusM: number;
  /** m/s². */
  readonly gravity: number;
  /** From noon to noon. */
  readonly dayLengthS: number;
  readonly daysPerYear: number;
  readonly axialTiltRad: number;
  /** The sun rises in the west. */
  readonly isRetrograde: boolean;
  /** How far the orbit is from a circle. */
  readonly eccentricity: number;
  /** Where the sun stands when it is nearest, from its place at the northern spring. */
  readonly perihelionRad: number;
  /** W/m² at the orbit's mean distance. */
  readonly sunlight: number;
  /** Of the air at sea level, when the world begins. */
  readonly pressurePa: number;
  /** Dry air's infrared opacity against Earth's: 1.1 is about a doubling of carbon dioxide. */
  readonly greenhouse: number;
};

export const earth: Planet = {
  radiusM: 6.371e6,
  gravity: 9.80665,
  dayLengthS: 86_400,
  daysPerYear: 365,
  axialTiltRad: 0.40910517666747087,
  isRetrograde: false,
  eccentricity: 0,
  perihelionRad: 4.938,
  sunlight: 1361,
  pressurePa: 101_325,
  greenhouse: 1,
};

/** Least and most of each: within them the model is tested to stay finite. */
export const planetLimits = {
  radiusM: [50_000, 2e7],
  gravity: [1, 30],
  dayLengthS: [7200, 2e7],
  daysPerYear: [1, 5000],
  axialTiltRad: [0, Math.PI / 2],
  eccentricity: [0, 0.6],
  perihelionRad: [-10, 10],
  sunlight: [300, 2800],
  pressurePa: [20_000, 500_000],
  greenhouse: [0, 5],
} as const satisfies Partial<Record<keyof Planet, readonly [number, number]>>;

export const gasConstant = 287.04;
export const heatCapacity = 1004.64;
export const kappa = gasConstant / heatCapacity;
export const referencePa = 1e5;
export const earthGravity = 9.80665;
/** Of vaporisation and of melting, J/kg. */
export const latentHeat = 2.501e6;
export const meltingHeat = 3.34e5;
export const vapourGasConstant = 461.5;
export const stefanBoltzmann = 5.670367e-8;
export const meltingK = 273.16;
/** Of sea water. */
export const freezingK = 271.35;
/** J/K of a square metre of sea, one metre deep. */
export const seaHeatPerM = 4.1e6;
export const iceDensity = 917;

/** Turns of the world itself, rad/s: one more a year than the sun's days, one fewer if it turns backwards. */
export function spinRate(planet: Planet): number {
  const sunRate = (2 * Math.PI) / planet.dayLengthS;
  const orbitRate = sunRate / planet.daysPerYear;
  return planet.isRetrograde ? -sunRate + orbitRate : sunRate + orbitRate;
}
