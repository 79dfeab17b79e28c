import type { WorldId } from "../lib/ids.ts";
import type { Bus } from "../ports/bus.ts";
import type { InputStreams } from "../ports/input-streams.ts";
import type { Clock } from "../ports/system.ts";
import { worldWanted } from "../protocol/world-subjects.ts";

/** A world that nobody has needed for so long goes to sleep. Whatever comes for it before puts that off. */
export const sleepAfterMs = 60_000;
/** So a world to which this process has sent something a third of that ago is awake, and need not be called again. */
export const announceEveryMs = sleepAfterMs / 3;
/** Beyond so many worlds the oldest calls are forgotten, and made again: they are only news. */
const announcedMax = 10_000;

/** The same streams; and whoever owns, or is to own, a world hears at once that there is something for it. */
export function announcingInputs(inputs: InputStreams, { bus, clock }: { bus: Bus; clock: Clock }): InputStreams {
  const announced = new Map<WorldId, number>();
  return {
    ...inputs,
    async append(worldId, input) {
      await inputs.append(worldId, input);
      const nowMs = clock.monotonicMs();
      if (nowMs - (announced.get(worldId) ?? -Infinity) < announceEveryMs) return;
      announced.delete(worldId);
      announced.set(worldId, nowMs);
      const [oldest] = announced.keys();
      if (announced.size > announcedMax && oldest !== undefined) announced.delete(oldest);
      bus.publish(worldWanted, { worldId });
    },
  };
}
