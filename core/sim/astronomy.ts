// The sun of a world with its own day, year and tilt, on a circular orbit: its longitude grows evenly with time.
// Formulas: Meeus, "Astronomical Algorithms", 2nd ed. 1998: declination and right ascension (13.3, 13.4), azimuth and altitude
// (13.5, 13.6; azimuths here from north), equation of time as the difference of the two longitudes (ch. 28).
// Times are days of the sun's mean day from an instant when it is midnight at longitude 0 and spring begins in the north.
// Angles in radians, north and east positive. Not for stored state: Math.sin and its like differ between engines in their last bits.

export type Orbit = { readonly daysPerYear: number; readonly axialTiltRad: number };

export type Place = { readonly latitudeRad: number; readonly longitudeRad: number };

export type SunSeen = {
  /** Of the sun's middle above the horizon, without refraction. */
  readonly altitudeRad: number;
  /** From north over east, 0 … 2π. */
  readonly azimuthRad: number;
  /** −π … π: 0 when the sun is in the meridian, growing with time. */
  readonly hourAngleRad: number;
};

/** Where the sun stands on its way: 0 at the northern spring, π/2 at the northern summer's solstice. */
export function solarLongitude(orbit: Orbit, timeDays: number): number {
  return 2 * Math.PI * fractionOf(timeDays / orbit.daysPerYear);
}

export function solarDeclination(orbit: Orbit, timeDays: number): number {
  return Math.asin(Math.sin(orbit.axialTiltRad) * Math.sin(solarLongitude(orbit, timeDays)));
}

/** How far the true sun is ahead of the mean one, −π … π: the tilt's part, there is no other on a circular orbit. */
export function equationOfTime(orbit: Orbit, timeDays: number): number {
  const longitude = solarLongitude(orbit, timeDays);
  const ascension = Math.atan2(Math.cos(orbit.axialTiltRad) * Math.sin(longitude), Math.cos(longitude));
  return aroundZero(longitude - ascension);
}

export function sunAt(orbit: Orbit, timeDays: number, place: Place): SunSeen {
  const declination = solarDeclination(orbit, timeDays);
  const meanAngle = 2 * Math.PI * fractionOf(timeDays) - Math.PI + place.longitudeRad;
  const hourAngle = aroundZero(meanAngle + equationOfTime(orbit, timeDays));
  const sinLatitude = Math.sin(place.latitudeRad);
  const cosLatitude = Math.cos(place.latitudeRad);
  const sinAltitude = sinLatitude * Math.sin(declination) + cosLatitude * Math.cos(declination) * Math.cos(hourAngle);
  // Both parts times cos δ, which is positive: no tangent that grows without bound.
  const westward = Math.sin(hourAngle) * Math.cos(declination);
  const southward = Math.cos(hourAngle) * sinLatitude * Math.cos(declination) - Math.sin(declination) * cosLatitude;
  const azimuth = Math.atan2(westward, southward) + Math.PI;
  return {
    altitudeRad: Math.asin(Math.min(1, Math.max(-1, sinAltitude))),
    azimuthRad: azimuth >= 2 * Math.PI ? azimuth - 2 * Math.PI : azimuth,
    hourAngleRad: hourAngle,
  };
}

/** The part after the point, 0 … 1, of negative numbers too. */
function fractionOf(x: number): number {
  return x - Math.floor(x);
}

/** The same angle within −π … π. */
function aroundZero(angleRad: number): number {
  return angleRad - 2 * Math.PI * Math.floor(angleRad / (2 * Math.PI) + 0.5);
}
