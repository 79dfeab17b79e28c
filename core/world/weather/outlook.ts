import type { Observation } from "../../sim/weather/observation.ts";
import { airStepS } from "./air.ts";
import type { WorldSpec } from "../spec.ts";

/** What the air itself will come to at one place, if nobody pushes it. */
export type Outlook = readonly OutlookPart[];
export type OutlookPart = { readonly inS: number; readonly observation: Observation };

const parts = 8;
/** A day of the world, or two of the Earth's where that is less. */
const horizonS = 172_800;

/** Game seconds from now. */
export function outlookTimesS(spec: WorldSpec): number[] {
  const wholeS = Math.max(Math.min(spec.sky.dayLengthS, horizonS), 2 * parts * airStepS(spec));
  return Array.from({ length: parts }, (_, i) => ((i + 1) * wholeS) / parts);
}
