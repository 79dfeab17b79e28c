import {
  aroundZero,
  equatorial,
  hourAngleOfSun,
  meanSolarLongitude,
  type Orbit,
  type Place,
  type Seen,
  seenFrom,
  solarLongitude,
  trueOf,
  wholeTurn,
} from "./astronomy.ts";

// A moon's place, light and rising. Its mean elongation from the mean sun grows evenly; an ellipse and an inclination are laid over it
// (Meeus, "Astronomical Algorithms", 2nd ed. 1998, ch. 47 of which these are the first terms, and 48 for the lit part). Seen from the middle of the
// world: near moons stand up to a degree lower. The sun's pull on a moon is left out: with the Earth's numbers the lit part is within 1.8 %, the
// phase within 0.7 % of a turn and the place within 3.3° of astronomy-engine's over a year (astronomy-earth.test.ts). Days and angles as in astronomy.ts. Not for stored state either.

export type MoonOrbit = {
  /** From new moon to new moon, in days. */
  readonly periodDays: number;
  /** At time 0: 0 is new, ½ full. */
  readonly phaseAtStart: number;
  readonly inclinationRad?: number;
  /** Longitude of the node where it goes north. */
  readonly nodeRad?: number;
  readonly eccentricity?: number;
  /** From nearest to nearest. */
  readonly anomalisticDays?: number;
  /** Mean anomaly at time 0. */
  readonly anomalyAtStartRad?: number;
};

export type MoonSeen = Seen & {
  /** 0 … 1 round from new over waxing and full; for the eye, not the mean. */
  readonly phase: number;
  /** The lit part of the disc, 0 … 1. */
  readonly illumination: number;
};

export function moonAt(orbit: Orbit, moon: MoonOrbit, timeDays: number, place: Place): MoonSeen {
  const sunLongitude = solarLongitude(orbit, timeDays);
  const { longitudeRad, latitudeRad } = moonOnItsWay(orbit, moon, timeDays);
  const sun = equatorial(orbit, { longitudeRad: sunLongitude, latitudeRad: 0 });
  const itself = equatorial(orbit, { longitudeRad, latitudeRad });
  const hourAngle = aroundZero(hourAngleOfSun(orbit, timeDays, place) + sun.ascensionRad - itself.ascensionRad);
  const elongation = wholeTurn(longitudeRad - sunLongitude);
  return {
    ...seenFrom(place, hourAngle, itself.declinationRad),
    phase: elongation / (2 * Math.PI),
    // The sun is so far away that the angle at the moon is what is missing to π.
    illumination: (1 - Math.cos(latitudeRad) * Math.cos(elongation)) / 2,
  };
}

/** Longitude and latitude along the sun's way. */
function moonOnItsWay(orbit: Orbit, moon: MoonOrbit, timeDays: number): Place {
  const { eccentricity = 0, inclinationRad = 0, nodeRad = 0 } = moon;
  const mean = meanSolarLongitude(orbit, timeDays) + 2 * Math.PI * (moon.phaseAtStart + timeDays / moon.periodDays);
  const anomaly = (moon.anomalyAtStartRad ?? 0) + (2 * Math.PI * timeDays) / (moon.anomalisticDays ?? moon.periodDays);
  const along = eccentricity === 0 ? mean : mean + aroundZero(trueOf(anomaly, eccentricity) - anomaly);
  const fromNode = along - nodeRad;
  return {
    longitudeRad: wholeTurn(nodeRad + Math.atan2(Math.sin(fromNode) * Math.cos(inclinationRad), Math.cos(fromNode))),
    latitudeRad: Math.asin(Math.sin(inclinationRad) * Math.sin(fromNode)),
  };
}

/** What is searched for a rising; a moon that keeps up with the day stays where it is. */
const searchDaysMax = 2;
const searchStepDays = 1 / 48;

/** When it next comes over the horizon (or goes under it), in days, to a second of 24 hours; null within `searchDaysMax`. */
export function nextCrossing(
  altitudeAt: (timeDays: number) => number,
  fromDays: number,
  direction: "rises" | "sets",
): number | null {
  const sign = direction === "rises" ? 1 : -1;
  const above = (timeDays: number): boolean => sign * altitudeAt(timeDays) > 0;
  for (let low = fromDays; low < fromDays + searchDaysMax; low += searchStepDays) {
    if (above(low) || !above(low + searchStepDays)) continue;
    let [under, over] = [low, low + searchStepDays];
    while (over - under > 1 / 86_400) {
      const middle = (under + over) / 2;
      if (above(middle)) over = middle;
      else under = middle;
    }
    return over;
  }
  return null;
}
