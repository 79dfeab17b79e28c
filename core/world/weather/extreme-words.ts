import type { DroughtKind, ExtremesSeen, Observation } from "../../sim/weather/observation.ts";

// What somebody would say of a blizzard, a heat wave or a drought that he is in.

type Seen = Pick<Observation, "extremes">;

/** "" where there is none. */
export function extremeWords({ extremes }: Seen): string {
  const { isBlizzard, heatWaveDays, drought } = extremes;
  const sentences = [
    isBlizzard ? "A blizzard rages." : "",
    heatWaveDays > 0 ? `A heat wave lies over the land: ${daysWords(heatWaveDays)} of unusual heat.` : "",
    droughtWords(drought),
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

const daysWords = (days: number): string => (days === 1 ? "a day" : `${days} days`);

/** "" where there is none. */
export function droughtWords(drought: DroughtKind): string {
  switch (drought) {
    case "none":
      return "";
    case "moderate":
      return "It has rained less than usual for a good while.";
    case "severe":
      return "A drought lies over the land: it has hardly rained as it should for months.";
    case "extreme":
      return "A drought such as few remember lies over the land.";
  }
}

/** As metadata; nothing where there is none of them. */
export function extremeNumbers({ isBlizzard, heatWaveDays, drought, precipitationIndex }: ExtremesSeen) {
  return {
    ...(isBlizzard && { blizzard: true }),
    ...(heatWaveDays > 0 && { heat_wave_days: heatWaveDays }),
    ...(drought !== "none" && { drought, precipitation_index: Math.round(precipitationIndex * 10) / 10 }),
  };
}
