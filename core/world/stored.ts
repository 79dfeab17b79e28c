import { assert } from "../lib/assert.ts";
import { stateHash } from "../lib/hash.ts";
import type { CharacterId, InputId } from "../lib/ids.ts";
import type { NewEvent, StoredEvent, StoredSnapshot } from "../ports.ts";
import { schemaVersionOf, upcast, type Upcasters } from "../lib/upcast.ts";
import type { Body, EventMetadata, Outbound, WorldEvent, WorldState } from "./model.ts";

/** How the payloads of older releases become today's. One way up per change of shape, never taken away again. */
export const worldUpcasters: Upcasters<WorldEvent["type"]> = {};

export type RecordedEvent = { readonly event: WorldEvent; readonly metadata: EventMetadata };

export function toStored({ event, metadata }: RecordedEvent): NewEvent {
  const { type, ...payload } = event;
  return { type, schemaVersion: schemaVersionOf(worldUpcasters, type), payload, metadata };
}

export function fromStored(stored: StoredEvent): RecordedEvent {
  const event = { type: stored.type, ...(upcast(worldUpcasters, stored) as object) } as WorldEvent;
  return { event, metadata: stored.metadata as EventMetadata };
}

/** A state as JSON: maps as lists in the order of their keys. */
type StateJson = {
  atMs?: number;
  clock: WorldState["clock"];
  bodies: Body[];
  outbound: [InputId, Outbound][];
  applied: InputId[];
};

export function toSnapshot(state: WorldState): StoredSnapshot {
  const json = toJson(state);
  return { version: state.version, hash: stateHash(json), state: json };
}

export function hashOf(state: WorldState): string {
  return stateHash(toJson(state));
}

/** Whether the stored state is the one that was hashed. */
export function isIntact(snapshot: StoredSnapshot): boolean {
  return stateHash(snapshot.state) === snapshot.hash;
}

/** Fails where the snapshot is not intact: a world is not to be built on it. */
export function fromSnapshot(snapshot: StoredSnapshot): WorldState {
  assert(isIntact(snapshot), `the snapshot at version ${snapshot.version} is damaged`);
  const json = snapshot.state as StateJson;
  return {
    version: snapshot.version,
    atMs: json.atMs ?? 0,
    clock: json.clock,
    bodies: new Map(json.bodies.map((body): [CharacterId, Body] => [body.id, body])),
    outbound: new Map(json.outbound),
    applied: new Set(json.applied),
  };
}

function toJson(state: WorldState): StateJson {
  return {
    atMs: state.atMs,
    clock: state.clock,
    bodies: [...state.bodies.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    outbound: [...state.outbound].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    applied: [...state.applied],
  };
}
