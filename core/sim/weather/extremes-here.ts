import { blizzard, heat } from "./extremes.ts";
import type { DroughtKind, ExtremesSeen } from "./observation.ts";
import type { ObservedPlace } from "./observe.ts";
import type { Planet } from "./planet.ts";
import type { Sample } from "./sample.ts";

// What somebody in one place has of the extremes of the cell that he stands in.

/** On heights above the cell's ground the heat of the plain is not felt. */
const heatUpToKm = 1.2;
/** What the cell calls a blizzard is one here though gusts are this share of it, and one sees so much farther: winds run smoothly between cells. */
const nearlyBlizzard = { gust: 0.85, visibility: 1.5 } as const;

export function extremesHere(
  sample: Sample,
  planet: Planet,
  { isSea }: ObservedPlace,
  here: { readonly gustMps: number; readonly visibilityM: number; readonly riseKm: number },
): ExtremesSeen {
  const isBlizzard =
    !isSea &&
    sample.blizzardS >= blizzard.leastS &&
    here.gustMps >= nearlyBlizzard.gust * blizzard.gustMps &&
    here.visibilityM <= nearlyBlizzard.visibility * blizzard.visibilityM;
  const isHot = sample.hotS >= heat.leastS && here.riseKm < heatUpToKm;
  return {
    isBlizzard,
    heatWaveDays: isHot ? Math.round(sample.hotS / planet.dayLengthS) : 0,
    drought: sample.droughtS > 0 && !isSea ? droughtKind(sample.droughtIndex) : "none",
    precipitationIndex: isSea ? 0 : sample.droughtIndex,
  };
}

/** Classes of WMO-No. 1090. What began as a drought is a moderate one until it ends. */
function droughtKind(index: number): DroughtKind {
  if (index <= -2) return "extreme";
  return index <= -1.5 ? "severe" : "moderate";
}
