import { assert } from "../../lib/assert.ts";
import { stateHash } from "../../lib/hash.ts";
import { schemaVersionOf, upcast, type Upcasters } from "../../lib/upcast.ts";
import type { NewEvent, StoredEvent, StoredSnapshot } from "../../ports/world-log.ts";
import type { CharacterRecord } from "../model.ts";
import { type Birth, type Biography, type BiographyEvent, type BiographyMetadata, noBelongings } from "./model.ts";

/** How the payloads of older releases become today's. One way up per change of shape, never taken away again. */
export const biographyUpcasters: Upcasters<BiographyEvent["type"]> = {
  entered: [(payload) => ({ ...payload, belongings: noBelongings })],
  arrived: [(payload) => ({ ...payload, belongings: noBelongings })],
};

/** Of a life's shape in a snapshot. One of another shape is left alone, and what it would have said is read from the events. */
export const biographySchemaVersion = 2;

export type RecordedBiographyEvent = { readonly event: BiographyEvent; readonly metadata: BiographyMetadata };

export function toStoredBiography({ event, metadata }: RecordedBiographyEvent): NewEvent {
  const { type, ...payload } = event;
  return { type, schemaVersion: schemaVersionOf(biographyUpcasters, type), payload, metadata };
}

export function fromStoredBiography(stored: StoredEvent): RecordedBiographyEvent {
  const event = { type: stored.type, ...(upcast(biographyUpcasters, stored) as object) } as BiographyEvent;
  return { event, metadata: stored.metadata as BiographyMetadata };
}

/** The first event of every stream: there is no character without it. */
export function beginningOf(character: CharacterRecord, birth: Birth): NewEvent {
  const { id: _, userId: __, createdAtMs, lastPlayedAtMs: ___, ...newborn } = character;
  return toStoredBiography({
    event: { type: "created", character: newborn, ...birth },
    metadata: { atMs: createdAtMs },
  });
}

export function toBiographySnapshot(life: Biography): StoredSnapshot {
  const state = { schemaVersion: biographySchemaVersion, life };
  return { version: life.version, hash: stateHash(state), state };
}

/** null where it is of another release, or damaged: it may be forgotten at any time. */
export function fromBiographySnapshot({ hash, state, version }: StoredSnapshot): Biography | null {
  if (stateHash(state) !== hash) return null;
  const { schemaVersion, life } = state as { schemaVersion: number; life: Biography };
  if (schemaVersion !== biographySchemaVersion) return null;
  assert(life.version === version, `the snapshot at version ${version} is of version ${life.version}`);
  return life;
}
