import { endWhenEmpty } from "./decide/life.ts";
import { expireLinks } from "./decide/presence.ts";
import { fights } from "./fights/fights.ts";
import { walkOn } from "./journey.ts";
import { endThinking } from "./decide/talk.ts";
import type { Decision, Scene } from "./scene.ts";
import { decay } from "./things/on-ground.ts";

/** Of game time: what is after `fromMs`, up to and with `toMs`. Empty while the world is paused. */
export type Span = { readonly fromMs: number; readonly toMs: number };

/**
 * One part of what time alone brings about. It is asked once for every stretch of game time, in order and without gaps, and what it comes to
 * must not depend on how that time was cut: what happens within a span is due at moments of its own, not at the end of the span.
 * `scene` is the world at the end of the span. After a restart it is asked again from the last event on: what it has decided is in the state,
 * and is not decided again.
 */
export type TimeSystem = { readonly name: string; run(scene: Scene, span: Span): Decision };

/** By real time, also while the world is paused: the leavings are the same at every cut, and in the order in which the links broke. */
const links: TimeSystem = { name: "links", run: (scene) => expireLinks(scene) };

const journeys: TimeSystem = { name: "journeys", run: walkOn };
/** By real time as well: whoever talks to somebody waits in his own. */
const talks: TimeSystem = { name: "talks", run: (scene) => endThinking(scene) };

const ending: TimeSystem = { name: "ending", run: endWhenEmpty };

const decaying: TimeSystem = { name: "decay", run: decay };
const fighting: TimeSystem = { name: "fights", run: fights };

/** In this order: time, weather, living things, fights. */
export const systems: readonly TimeSystem[] = [links, talks, decaying, journeys, fighting, ending];
