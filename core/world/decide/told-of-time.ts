import { type Scene, type Telling, telling } from "../scene.ts";
import type { Position } from "../space.ts";

/** To all who are awake, that the world's time is another; the words may depend on where somebody is. */
export function toldOfTime(scene: Scene, words: string | ((scene: Scene, position: Position) => string)): Telling[] {
  const { isPaused, dilation, stretch } = scene.state.clock;
  const awake = [...scene.state.bodies.values()].filter(({ linkLostAtMs }) => linkLostAtMs === null);
  const clock = { is_paused: isPaused, dilation, pace: Math.round(stretch * 100) / 100 };
  return awake.map(({ id, position }) =>
    telling(id, "time", typeof words === "string" ? words : words(scene, position), clock),
  );
}
