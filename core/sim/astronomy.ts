// The sun of a world with its own day, year, tilt and elliptic orbit: Kepler's equation by Newton's method.
// Formulas: Meeus, "Astronomical Algorithms", 2nd ed. 1998: anomalies (30.1, 30.5–30.7), declination and right ascension (13.3, 13.4), azimuth
// and altitude (13.5, 13.6; azimuths here from north), equation of time as the difference of the mean longitude and the right ascension (ch. 28).
// Times are days of the sun's mean day from an instant when it is midnight at longitude 0 and spring begins in the north.
// Angles in radians, north and east positive. Not for stored state: Math.sin and its like differ between engines in their last bits.
// With the Earth's numbers within 0.0104° of astronomy-engine's sun over a year (astronomy-earth.test.ts).

export type Orbit = {
  readonly daysPerYear: number;
  readonly axialTiltRad: number;
  /** 0 … 0.9; a circle where nothing is said. */
  readonly eccentricity?: number;
  /** The sun's longitude when it is nearest. */
  readonly perihelionRad?: number;
};

export type Place = { readonly latitudeRad: number; readonly longitudeRad: number };

/** Where something stands in the sky of a place. */
export type Seen = {
  /** Of its middle above the horizon, without refraction. */
  readonly altitudeRad: number;
  /** From north over east, 0 … 2π. */
  readonly azimuthRad: number;
  /** −π … π: 0 when it is in the meridian, growing with time. */
  readonly hourAngleRad: number;
};
export type SunSeen = Seen;

/** Of a body among the stars. */
export type Equatorial = { readonly ascensionRad: number; readonly declinationRad: number };

/** Where the sun stands on its way: 0 at the northern spring, π/2 at the northern summer's solstice. */
export function solarLongitude(orbit: Orbit, timeDays: number): number {
  const eccentricity = orbit.eccentricity ?? 0;
  const turn = 2 * Math.PI * fractionOf(timeDays / orbit.daysPerYear);
  if (eccentricity === 0) return turn;
  const perihelion = orbit.perihelionRad ?? 0;
  const mean = meanOf(-perihelion, eccentricity) + turn;
  return wholeTurn(trueOf(mean, eccentricity) + perihelion);
}

/** Where it would stand if it went evenly. */
export function meanSolarLongitude(orbit: Orbit, timeDays: number): number {
  const eccentricity = orbit.eccentricity ?? 0;
  const turn = 2 * Math.PI * fractionOf(timeDays / orbit.daysPerYear);
  if (eccentricity === 0) return turn;
  const perihelion = orbit.perihelionRad ?? 0;
  return wholeTurn(meanOf(-perihelion, eccentricity) + turn + perihelion);
}

export function solarDeclination(orbit: Orbit, timeDays: number): number {
  return Math.asin(Math.sin(orbit.axialTiltRad) * Math.sin(solarLongitude(orbit, timeDays)));
}

/** How far the true sun is ahead of the mean one, −π … π: the tilt's part, and the ellipse's. */
export function equationOfTime(orbit: Orbit, timeDays: number): number {
  const { ascensionRad } = equatorial(orbit, { longitudeRad: solarLongitude(orbit, timeDays), latitudeRad: 0 });
  return aroundZero(meanSolarLongitude(orbit, timeDays) - ascensionRad);
}

export function sunAt(orbit: Orbit, timeDays: number, place: Place): SunSeen {
  return seenFrom(place, hourAngleOfSun(orbit, timeDays, place), solarDeclination(orbit, timeDays));
}

export function hourAngleOfSun(orbit: Orbit, timeDays: number, place: Place): number {
  const meanAngle = 2 * Math.PI * fractionOf(timeDays) - Math.PI + place.longitudeRad;
  return aroundZero(meanAngle + equationOfTime(orbit, timeDays));
}

/** From longitude and latitude along the sun's way to right ascension and declination. */
export function equatorial({ axialTiltRad }: Orbit, { longitudeRad, latitudeRad }: Place): Equatorial {
  const [sinTilt, cosTilt] = [Math.sin(axialTiltRad), Math.cos(axialTiltRad)];
  const [sinLat, cosLat] = [Math.sin(latitudeRad), Math.cos(latitudeRad)];
  const east = Math.sin(longitudeRad) * cosLat;
  return {
    ascensionRad: Math.atan2(cosTilt * east - sinTilt * sinLat, Math.cos(longitudeRad) * cosLat),
    declinationRad: Math.asin(clamp1(sinLat * cosTilt + sinTilt * east)),
  };
}

/** What is seen of a body that is so far past the meridian and so far north of the equator. */
export function seenFrom(place: Place, hourAngle: number, declination: number): Seen {
  const sinLatitude = Math.sin(place.latitudeRad);
  const cosLatitude = Math.cos(place.latitudeRad);
  const sinAltitude = sinLatitude * Math.sin(declination) + cosLatitude * Math.cos(declination) * Math.cos(hourAngle);
  // Both parts times cos δ, which is positive: no tangent that grows without bound.
  const westward = Math.sin(hourAngle) * Math.cos(declination);
  const southward = Math.cos(hourAngle) * sinLatitude * Math.cos(declination) - Math.sin(declination) * cosLatitude;
  const azimuth = Math.atan2(westward, southward) + Math.PI;
  return {
    altitudeRad: Math.asin(clamp1(sinAltitude)),
    azimuthRad: azimuth >= 2 * Math.PI ? azimuth - 2 * Math.PI : azimuth,
    hourAngleRad: hourAngle,
  };
}

const newtonStepsMax = 30;

/** True anomaly from the mean one. Starting at π for the wide orbits, Newton's method does not overshoot (Meeus, ch. 30). */
export function trueOf(meanRad: number, eccentricity: number): number {
  const mean = aroundZero(meanRad);
  let eccentric = eccentricity > 0.5 ? Math.sign(mean) * Math.PI : mean;
  for (let i = 0; i < newtonStepsMax; i++) {
    const error = eccentric - eccentricity * Math.sin(eccentric) - mean;
    eccentric -= error / (1 - eccentricity * Math.cos(eccentric));
    if (Math.abs(error) < 1e-12) break;
  }
  const half = eccentric / 2;
  return 2 * Math.atan2(Math.sqrt(1 + eccentricity) * Math.sin(half), Math.sqrt(1 - eccentricity) * Math.cos(half));
}

/** Mean anomaly from the true one. */
export function meanOf(trueRad: number, eccentricity: number): number {
  const half = trueRad / 2;
  const eccentric =
    2 * Math.atan2(Math.sqrt(1 - eccentricity) * Math.sin(half), Math.sqrt(1 + eccentricity) * Math.cos(half));
  return eccentric - eccentricity * Math.sin(eccentric);
}

/** The part after the point, 0 … 1, of negative numbers too. */
function fractionOf(x: number): number {
  return x - Math.floor(x);
}

/** The same angle within −π … π. */
export function aroundZero(angleRad: number): number {
  return angleRad - 2 * Math.PI * Math.floor(angleRad / (2 * Math.PI) + 0.5);
}

/** The same angle within 0 … 2π. */
export function wholeTurn(angleRad: number): number {
  return angleRad - 2 * Math.PI * Math.floor(angleRad / (2 * Math.PI));
}

const clamp1 = (x: number): number => Math.min(1, Math.max(-1, x));
