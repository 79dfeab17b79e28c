import { hurricaneFromMps, stormFromMps } from "../../sim/weather/cyclone-wind.ts";
import type { CycloneSeen, Observation } from "../../sim/weather/observation.ts";
import { compassOf } from "../space.ts";

// What somebody would say of a tropical cyclone that is not far. Kinds and categories: WMO's names, Saffir & Simpson's winds.

export type CycloneKind = "tropical depression" | "tropical storm" | "hurricane";

export function cycloneKind({ maxMps }: CycloneSeen): CycloneKind {
  if (maxMps < stormFromMps) return "tropical depression";
  return maxMps < hurricaneFromMps ? "tropical storm" : "hurricane";
}

const categories = [hurricaneFromMps, 43, 50, 58, 70];

/** 1 … 5 of a hurricane, else 0. */
export const category = ({ maxMps }: CycloneSeen): number => categories.filter((from) => maxMps >= from).length;

/** "" where there is none. */
export function cycloneWords({ cyclone }: Pick<Observation, "cyclone">): string {
  if (cyclone === null) return "";
  const kind = cycloneKind(cyclone);
  if (cyclone.isEye) return `You are in the eye of a ${kind}: its walls of cloud stand all around.`;
  return `A ${kind} is ${placeWords(cyclone)}, ${wayWords(cyclone)}.`;
}

/** "a hurricane 300 kilometres to the southeast", for lists; "" where there is none. */
export function cycloneBriefly({ cyclone }: Pick<Observation, "cyclone">): string {
  if (cyclone === null) return "";
  const kind = cycloneKind(cyclone);
  return cyclone.isEye ? `the eye of a ${kind}` : `a ${kind} ${placeWords(cyclone)}`;
}

function placeWords({ distanceM, bearingRad }: CycloneSeen): string {
  const side = compassOf(Math.sin(bearingRad), Math.cos(bearingRad));
  const km = distanceM / 1000;
  const step = km < 20 ? 1 : km < 200 ? 10 : 50;
  const round = Math.max(1, Math.round(km / step) * step);
  return `${round} ${round === 1 ? "kilometre" : "kilometres"} to the ${side}`;
}

function wayWords({ closingMps }: CycloneSeen): string {
  if (closingMps > 1) return "coming nearer";
  return closingMps < -1 ? "moving away" : "keeping its distance";
}

/** As metadata. */
export function cycloneNumbers(cyclone: CycloneSeen) {
  return {
    kind: cycloneKind(cyclone),
    category: category(cyclone),
    wind_max_mps: Math.round(cyclone.maxMps),
    distance_km: Math.round(cyclone.distanceM / 1000),
    bearing_deg: Math.round((cyclone.bearingRad * 180) / Math.PI) % 360,
    closing_mps: Math.round(cyclone.closingMps * 10) / 10 + 0,
    is_eye: cyclone.isEye,
  };
}
