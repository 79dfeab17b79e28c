import type { BiographyEvent } from "../character/biography/model.ts";
import { toStoredBiography } from "../character/biography/stored.ts";
import type { CharacterId } from "../lib/ids.ts";
import type { NewEvent } from "../ports/world-log.ts";
import { belongingsOf, changesOfBelongings } from "./belongings-told.ts";
import { concernedIn } from "./changes.ts";
import type { LiveWorld } from "./evolve.ts";
import type { WorldEvent } from "./model.ts";
import type { Scene } from "./scene.ts";
import { distanceM } from "./space.ts";

/** From where one was last seen. What is nearer is no event of a life. */
export const farM = 100;

type Told = { readonly id: CharacterId; readonly event: BiographyEvent };

/** What the events of one turn are to the characters in it: it goes into their own streams, in the commit of the events themselves. */
export function beginBiographies(world: LiveWorld) {
  const streams = new Map<CharacterId, NewEvent[]>();
  return {
    streams: streams as ReadonlyMap<CharacterId, readonly NewEvent[]>,
    /** Asked before the event is applied; what comes of it is to be called after. */
    note(event: WorldEvent, before: Scene): () => void {
      const happened = toldOf(event, before, world.lastSeen);
      const bodies = concernedIn(event).map((id) => ({ id, body: before.state.bodies.get(id) }));
      return () => {
        const changes = bodies.flatMap(({ id, body }) => {
          const after = world.state.bodies.get(id);
          if (body === undefined || after === undefined) return [];
          return changesOfBelongings(body.life, after.life).map((each): Told => ({ id, event: each }));
        });
        const metadata = { atMs: before.nowMs, worldVersion: world.state.version };
        for (const told of [...(happened === null ? [] : [happened]), ...changes]) {
          const stream = streams.get(told.id) ?? [];
          streams.set(told.id, [...stream, toStoredBiography({ event: told.event, metadata })]);
        }
      };
    },
  };
}

function toldOf(event: WorldEvent, scene: Scene, lastSeen: LiveWorld["lastSeen"]): Told | null {
  const worldId = scene.place.id;
  switch (event.type) {
    case "entered":
    case "arrived": {
      const { id, position, travels, life } = event.body;
      lastSeen.set(id, position);
      const here = { worldId, position, belongings: belongingsOf(life) };
      if (event.type === "entered") return { id, event: { type: "entered", ...here, isFirstTime: event.isFirstTime } };
      return { id, event: { type: "arrived", ...here, fromWorldId: event.fromWorldId, travels } };
    }
    case "left":
    case "departed": {
      const body = scene.state.bodies.get(event.characterId);
      lastSeen.delete(event.characterId);
      if (!body) return null;
      const { id, position } = body;
      if (event.type === "left") return { id, event: { type: "left", worldId, position, reason: event.reason } };
      const { toWorldId, traveller } = event;
      return { id, event: { type: "departed", worldId, toWorldId, travels: traveller.travels, position } };
    }
    case "moved":
    case "flew":
      return farFrom(event, scene, lastSeen);
    case "hurt":
      return { id: event.characterId, event: { type: "hurt", byId: event.byId, health: event.health.value } };
    case "fell":
      return { id: event.characterId, event: { type: "fell", byId: event.byId } };
    case "woke":
      return { id: event.characterId, event: { type: "woke", worldId, position: event.position } };
    case "consumed":
      if (event.health === undefined) return null;
      return { id: event.characterId, event: { type: "healed", health: event.health.value } };
    default:
      return null;
  }
}

/** Measured by this owner: the next one begins where somebody is. */
function farFrom(
  { characterId: id, position }: Extract<WorldEvent, { type: "moved" | "flew" }>,
  { place, state }: Pick<Scene, "place" | "state">,
  lastSeen: LiveWorld["lastSeen"],
): Told | null {
  const seen = lastSeen.get(id) ?? state.bodies.get(id)?.position;
  if (seen === undefined) return null;
  const isFar = distanceM(place.spec, seen, position) >= farM;
  lastSeen.set(id, isFar ? position : seen);
  return isFar ? { id, event: { type: "movedFar", worldId: place.id, position } } : null;
}
