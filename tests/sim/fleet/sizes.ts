import { loadOf } from "../../../cli/cost/page.ts";
import { worldWorkers } from "../../../cli/cost/estimate.ts";

/** What a number of players comes to at the peak of a day, by the suppositions of docs/cost.md. */
export type Size = {
  readonly players: number;
  readonly connected: number;
  readonly worlds: number;
  readonly workers: number;
  readonly commandsPerS: number;
};

/** As infra/stage.ts has them in production. */
export const zones = 3;

export function sizeOf(players: number): Size {
  const average = loadOf(players);
  const { peakFactor, commandsPerMinute } = average;
  const peak = { ...average, connected: average.connected * peakFactor, worlds: average.worlds * peakFactor };
  return {
    players,
    connected: peak.connected,
    worlds: peak.worlds,
    workers: worldWorkers(peak),
    commandsPerS: (peak.connected * commandsPerMinute) / 60,
  };
}
