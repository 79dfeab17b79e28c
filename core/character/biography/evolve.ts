import { assert, unreachable } from "../../lib/assert.ts";
import { type Biography, type BiographyEvent, type BiographyMetadata, type Counts, noBelongings } from "./model.ts";

/** One event further. `null` before the first, which is always `created`. */
export function evolve(life: Biography | null, event: BiographyEvent, { atMs }: BiographyMetadata): Biography {
  if (life === null) {
    assert(event.type === "created", `a life begins with ${event.type}`);
    return born(event, atMs);
  }
  return { ...life, ...changes(life, event), version: life.version + 1, atMs };
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
    belongings: noBelongings,
    whereabouts: hasArrived ? "asleep" : "travelling",
  };
}

function changes({ belongings }: Biography, event: BiographyEvent): Partial<Biography> {
  switch (event.type) {
    case "created":
      // A life begins once.
      return {};
    case "entered": {
      const { worldId, position } = event;
      return { whereabouts: "awake", worldId, position, belongings: event.belongings };
    }
    case "left":
      return { whereabouts: "asleep", worldId: event.worldId, position: event.position };
    case "departed":
      return {
        whereabouts: "travelling",
        worldId: event.toWorldId,
        travels: event.travels,
        position: event.position,
      };
    case "arrived": {
      const { worldId, travels, position } = event;
      return { whereabouts: "awake", worldId, travels, position, belongings: event.belongings };
    }
    case "sentHome":
      return { whereabouts: "asleep", worldId: event.worldId, travels: event.travels, position: event.position };
    case "movedFar":
    case "woke":
      return { position: event.position };
    case "gained":
      return { belongings: { ...belongings, carried: sumOf(belongings.carried, event.items, 1) } };
    case "lost":
      return { belongings: { ...belongings, carried: sumOf(belongings.carried, event.items, -1) } };
    case "equipped": {
      const { [event.slot]: _, ...others } = belongings.worn;
      const worn = event.kind === null ? others : { ...others, [event.slot]: event.kind };
      return { belongings: { ...belongings, worn } };
    }
    case "learnt":
      return { belongings: { ...belongings, levels: { ...belongings.levels, [event.skill]: event.level } } };
    case "hurt":
    case "healed":
    case "fell":
      return {};
    default:
      return unreachable(event);
  }
}

/** Without those of which nothing is left. */
function sumOf(counts: Counts, more: Counts, sign: 1 | -1): Counts {
  const kinds = [...new Set([...Object.keys(counts), ...Object.keys(more)])];
  const sums = kinds.map((kind): [string, number] => [kind, (counts[kind] ?? 0) + sign * (more[kind] ?? 0)]);
  return Object.fromEntries(sums.filter(([, count]) => count !== 0));
}
