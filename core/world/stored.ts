import { assert } from "../lib/assert.ts";
import { stateHash } from "../lib/hash.ts";
import type { AnimalId, CharacterId, InputId, ItemId, NpcId } from "../lib/ids.ts";
import type { NewEvent, StoredEvent, StoredSnapshot } from "../ports/world-log.ts";
import { schemaVersionOf, upcast, type Upcasters } from "../lib/upcast.ts";
import { emptyClock, type WorldClock } from "./clock.ts";
import type { Exchange } from "./inhabitants/acquaintance.ts";
import type { WeatherHistory } from "./weather/history.ts";
import type { PlacedAnimal } from "./wildlife/model.ts";
import type { Body, EventMetadata, Outbound, Patch, Talk, Thing, WorldEvent, WorldState } from "./model.ts";

/** How the payloads of older releases become today's. One way up per change of shape, never taken away again. */
export const worldUpcasters: Upcasters<WorldEvent["type"]> = {
  began: [({ clock }) => ({ clock: clockFromV1(clock as ClockV1) })],
};

/** Before clocks had ticks of their own, rates in thousandths and nanoseconds: their game time was cut to whole milliseconds. */
type ClockV1 = Pick<WorldClock, "sinceRealMs" | "sinceGameMs" | "dilation" | "isPaused">;

function clockFromV1(clock: ClockV1): WorldClock {
  return { ...emptyClock, ...clock };
}

export type RecordedEvent = { readonly event: WorldEvent; readonly metadata: EventMetadata };

export function toStored({ event, metadata }: RecordedEvent): NewEvent {
  const { type, ...payload } = event;
  return { type, schemaVersion: schemaVersionOf(worldUpcasters, type), payload, metadata };
}

export function fromStored(stored: StoredEvent): RecordedEvent {
  const event = { type: stored.type, ...(upcast(worldUpcasters, stored) as object) } as WorldEvent;
  return { event, metadata: stored.metadata as EventMetadata };
}

/** Of a state's shape in a snapshot; the first one did not say. */
export const stateSchemaVersion = 2;

type StateJsonV1 = Omit<StateJson, "schemaVersion" | "atMs" | "clock"> & { atMs?: number; clock: ClockV1 };

/** A state as JSON: maps as lists in the order of their keys. */
type StateJson = {
  schemaVersion: typeof stateSchemaVersion;
  atMs: number;
  clock: WorldClock;
  bodies: Body[];
  outbound: [InputId, Outbound][];
  applied: InputId[];
  /** Where there are any: states without are what they were before there were things. */
  things?: Thing[];
  /** In their order, which says what is forgotten next. */
  patches?: [string, Patch][];
  weather?: WeatherHistory;
  talks?: Talk[];
  /** In their order, which says who is forgotten next. */
  acquaintances?: [string, readonly Exchange[]][];
  npcsAway?: NpcId[];
  /** In the order in which they came. */
  wildlife?: { count: number; animals: PlacedAnimal[] };
  ending?: NonNullable<WorldState["ending"]>;
};

export function toSnapshot(state: WorldState): StoredSnapshot {
  const json = toJson(state);
  return { version: state.version, hash: stateHash(json), state: json };
}

export function hashOf(state: WorldState): string {
  return stateHash(toJson(state));
}

/** The same in the shape of the first release: what a snapshot from then is to be compared with. */
export function hashOfV1(state: WorldState): string {
  const { schemaVersion: _schemaVersion, clock, ...json } = toJson(state);
  const { sinceRealMs, sinceGameMs, dilation, isPaused } = clock;
  return stateHash({ ...json, clock: { sinceRealMs, sinceGameMs, dilation, isPaused } });
}

/** Whether the stored state is the one that was hashed. */
export function isIntact(snapshot: StoredSnapshot): boolean {
  return stateHash(snapshot.state) === snapshot.hash;
}

/** Fails where the snapshot is not intact: a world is not to be built on it. */
export function fromSnapshot(snapshot: StoredSnapshot): WorldState {
  assert(isIntact(snapshot), `the snapshot at version ${snapshot.version} is damaged`);
  const json = todays(snapshot.state as StateJson | StateJsonV1);
  return {
    version: snapshot.version,
    atMs: json.atMs,
    clock: json.clock,
    bodies: new Map(json.bodies.map((body): [CharacterId, Body] => [body.id, body])),
    outbound: new Map(json.outbound),
    applied: new Set(json.applied),
    things: new Map((json.things ?? []).map((thing): [ItemId, Thing] => [thing.item.id, thing])),
    patches: new Map(json.patches),
    ...(json.weather !== undefined && { weather: json.weather }),
    ...(json.npcsAway !== undefined && { npcsAway: new Set(json.npcsAway) }),
    ...(json.talks !== undefined && { talks: new Map(json.talks.map((talk) => [talk.id, talk])) }),
    ...(json.acquaintances !== undefined && { acquaintances: new Map(json.acquaintances) }),
    ...(json.wildlife !== undefined && {
      wildlife: {
        count: json.wildlife.count,
        animals: new Map(json.wildlife.animals.map((animal): [AnimalId, PlacedAnimal] => [animal.id, animal])),
      },
    }),
    ...(json.ending !== undefined && { ending: json.ending }),
  };
}

function todays(json: StateJson | StateJsonV1): StateJson {
  if (!("schemaVersion" in json)) {
    return { ...json, schemaVersion: stateSchemaVersion, atMs: json.atMs ?? 0, clock: clockFromV1(json.clock) };
  }
  assert(json.schemaVersion <= stateSchemaVersion, `a snapshot was written by a newer release`);
  return json;
}

function toJson(state: WorldState): StateJson {
  return {
    schemaVersion: stateSchemaVersion,
    atMs: state.atMs,
    clock: state.clock,
    bodies: [...state.bodies.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    outbound: [...state.outbound].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    applied: [...state.applied],
    ...(state.things.size > 0 && { things: [...state.things.values()].toSorted(byItemId) }),
    ...(state.patches.size > 0 && { patches: [...state.patches] }),
    ...(state.weather !== undefined && { weather: state.weather }),
    ...(state.npcsAway !== undefined && { npcsAway: [...state.npcsAway].toSorted() }),
    ...(state.talks !== undefined && { talks: [...state.talks.values()] }),
    ...(state.acquaintances !== undefined && { acquaintances: [...state.acquaintances] }),
    ...(state.wildlife !== undefined && {
      wildlife: { count: state.wildlife.count, animals: [...state.wildlife.animals.values()] },
    }),
    ...(state.ending !== undefined && { ending: state.ending }),
  };
}

const byItemId = (a: Thing, b: Thing): number => (a.item.id < b.item.id ? -1 : 1);
