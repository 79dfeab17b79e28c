import { assert, unreachable } from "../../lib/assert.ts";
import type { Biography, BiographyEvent, BiographyMetadata } from "./model.ts";

/** One event further. `null` before the first, which is always `created`. */
export function evolve(life: Biography | null, event: BiographyEvent, { atMs }: BiographyMetadata): Biography {
  if (life === null) {
    assert(event.type === "created", `a life begins with ${event.type}`);
    return born(event, atMs);
  }
  return { ...life, ...changes(event), version: life.version + 1, atMs };
}

function born({ character, variance, bought }: Extract<BiographyEvent, { type: "created" }>, atMs: number): Biography {
  const { name, role, species, appearance, description, occupation, attributes } = character;
  const { homeWorldId, worldId, travels, hasArrived, position } = character;
  return {
    version: 1,
    bornAtMs: atMs,
    atMs,
    name,
    role,
    species,
    appearance,
    description,
    occupation,
    attributes,
    variance,
    bought,
    homeWorldId,
    worldId,
    travels,
    position,
    whereabouts: hasArrived ? "asleep" : "travelling",
  };
}

function changes(event: BiographyEvent): Partial<Biography> {
  switch (event.type) {
    case "created":
      // A life begins once.
      return {};
    case "entered":
      return { whereabouts: "awake", worldId: event.worldId, position: event.position };
    case "left":
      return { whereabouts: "asleep", worldId: event.worldId, position: event.position };
    case "departed":
      return {
        whereabouts: "travelling",
        worldId: event.toWorldId,
        travels: event.travels,
        position: event.position,
      };
    case "arrived":
      return { whereabouts: "awake", worldId: event.worldId, travels: event.travels, position: event.position };
    case "sentHome":
      return { whereabouts: "asleep", worldId: event.worldId, travels: event.travels, position: event.position };
    case "movedFar":
      return { position: event.position };
    default:
      return unreachable(event);
  }
}
