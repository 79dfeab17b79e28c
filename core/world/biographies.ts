import type { BiographyEvent } from "../character/biography/model.ts";
import { toStoredBiography } from "../character/biography/stored.ts";
import type { CharacterId } from "../lib/ids.ts";
import type { NewEvent } from "../ports/world-log.ts";
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
      const told = biographyEventOf(event, before, world.lastSeen);
      return () => {
        if (told === null) return;
        const metadata = { atMs: before.nowMs, worldVersion: world.state.version };
        const stream = streams.get(told.id) ?? [];
        streams.set(told.id, [...stream, toStoredBiography({ event: told.event, metadata })]);
      };
    },
  };
}

function biographyEventOf(event: WorldEvent, { place, state }: Scene, lastSeen: LiveWorld["lastSeen"]): Told | null {
  const worldId = place.id;
  switch (event.type) {
    case "entered": {
      const { position, id } = event.body;
      lastSeen.set(id, position);
      return { id, event: { type: "entered", worldId, position, isFirstTime: event.isFirstTime } };
    }
    case "arrived": {
      const { id, position, travels } = event.body;
      lastSeen.set(id, position);
      return { id, event: { type: "arrived", worldId, fromWorldId: event.fromWorldId, travels, position } };
    }
    case "left":
    case "departed": {
      const body = state.bodies.get(event.characterId);
      lastSeen.delete(event.characterId);
      if (!body) return null;
      const { id, position } = body;
      if (event.type === "left") return { id, event: { type: "left", worldId, position, reason: event.reason } };
      const { toWorldId, traveller } = event;
      return { id, event: { type: "departed", worldId, toWorldId, travels: traveller.travels, position } };
    }
    case "moved":
      return farFrom(event, { place, state }, lastSeen);
    default:
      return null;
  }
}

/** Measured by this owner: the next one begins where somebody is. */
function farFrom(
  { characterId: id, position }: Extract<WorldEvent, { type: "moved" }>,
  { place, state }: Pick<Scene, "place" | "state">,
  lastSeen: LiveWorld["lastSeen"],
): Told | null {
  const seen = lastSeen.get(id) ?? state.bodies.get(id)?.position;
  if (seen === undefined) return null;
  const isFar = distanceM(place.spec, seen, position) >= farM;
  lastSeen.set(id, isFar ? position : seen);
  return isFar ? { id, event: { type: "movedFar", worldId: place.id, position } } : null;
}
