import { describePlace, type Prompt } from "../../llm/prompts/prompts.ts";
import type { Place } from "../scene.ts";
import { toneOf } from "../tone/describe.ts";
import type { Scenery } from "./scenery.ts";

/** What a model is asked that is to describe it. */
export function proseAsked(place: Place, scenery: Scenery): Prompt {
  return describePlace({ world: place.name, tone: toneOf({ place }), ...scenery });
}
