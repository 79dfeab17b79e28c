import type { SpecifiedMoon, WorldSpecification } from "../protocol/world-specification.ts";
import { earthsMoon, type Moon, moonBounds, planetBounds, type PlanetSpec } from "../sim/planet/spec.ts";

const earthGravityMs2 = 9.80665;
/** CODATA 2022. */
const gravitationM3KgS2 = 6.6743e-11;
/** A heavier one would be a second planet, and its tides no tides. The Moon has an eightieth of the Earth's mass. */
const moonMassShareMax = 1 / 20;
/** Nearer than that it would break. */
const moonRadiiMin = 2.5;
const level = 6;

/**
 * Of the surface that a metre of sea covers or lays bare: on the Earth the land between the shore and 100 m above it, and the shelf as far
 * below, are a twentieth of the surface each (hypsography of ETOPO1).
 */
const floodedPerM = 0.05 / 100;

/** What the planet's generator is given. Every number is within `planetBounds`. */
export function planetSpecOf(specification: WorldSpecification): PlanetSpec {
  const { planet, seed } = specification;
  const radiusM = planet.radius_km * 1000;
  const gravityMs2 = planet.gravity_g * earthGravityMs2;
  return {
    seed,
    level,
    radiusM,
    gravityMs2,
    dayLengthS: within("dayLengthS", planet.day_hours * 3600),
    yearDays: within("yearDays", planet.year_days),
    axialTiltRad: within("axialTiltRad", (planet.axial_tilt_degrees * Math.PI) / 180),
    landShare: within("landShare", planet.land_share - planet.sea_level_m * floodedPerM),
    ageGy: planet.age_gy,
    activity: planet.tectonic_activity,
    temperatureOffsetC: planet.temperature_offset_c,
    moisture: planet.moisture,
    moons: planet.moons.map((moon) => moonOf(moon, { radiusM, gravityMs2 })),
  };
}

type Body = { readonly radiusM: number; readonly gravityMs2: number };

function moonOf({ mass_lunas, distance_km }: SpecifiedMoon, { radiusM, gravityMs2 }: Body): Moon {
  const planetKg = (gravityMs2 * radiusM * radiusM) / gravitationM3KgS2;
  const massKg = Math.min(mass_lunas * earthsMoon.massKg, planetKg * moonMassShareMax);
  return {
    massKg: clamp(massKg, moonBounds.massKg),
    distanceM: clamp(Math.max(distance_km * 1000, radiusM * moonRadiiMin), moonBounds.distanceM),
  };
}

/** From new moon to new moon, in days of the world: Kepler's third law, less the planet's own way round its sun. */
export function monthDays(spec: PlanetSpec, moon: Moon): number {
  const pullM3S2 = spec.gravityMs2 * spec.radiusM ** 2 + gravitationM3KgS2 * moon.massKg;
  const roundDays = (2 * Math.PI * Math.sqrt(moon.distanceM ** 3 / pullM3S2)) / spec.dayLengthS;
  const rate = Math.abs(1 / roundDays - 1 / spec.yearDays);
  return clamp(rate === 0 ? monthDaysMax : 1 / rate, { min: 0.01, max: monthDaysMax });
}
const monthDaysMax = 1e6;

const within = (field: keyof typeof planetBounds, value: number): number => clamp(value, planetBounds[field]);

const clamp = (value: number, { min, max }: { readonly min: number; readonly max: number }): number =>
  Math.min(max, Math.max(min, value));
