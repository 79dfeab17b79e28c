import type { Placed } from "#core/ports/placements.ts";
import { gameTimeMs } from "#core/world/clock.ts";
import { npcsOf } from "#core/world/inhabitants/inhabitants.ts";
import type { WorldState } from "#core/world/model.ts";
import type { Place } from "#core/world/scene.ts";
import { nameOf } from "#core/world/things/names.ts";
import type { WorldContext } from "./context.ts";

/** Positions are written this often where any has changed, however many turns there were. */
export const placementsEveryMs = 1_000;
/** Who lives there moves with time alone: where nothing else has changed, so often. A walker is then 20 m farther, and an awake world costs four small writes a minute. */
export const inhabitantsEveryMs = 15_000;

type Parts = {
  readonly ctx: Pick<WorldContext, "clock" | "log" | "placements">;
  readonly place: Place;
  readonly fence: number;
};

/** Who and what is where, written for questions about places that need no owner. Nobody waits for it, and a world is none the worse if it fails. */
export class WorldPlacements {
  readonly #parts: Parts;
  /** As it was written last, by key; null where nobody knows what is there. */
  #written: ReadonlyMap<string, Placed> | null = null;
  #writtenVersion = -1;
  /** By the monotonic clock. */
  #writtenAtMs = 0;
  readonly #closing = new AbortController();
  #underWay: Promise<void> | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** After a turn: what has changed is written soon, with what changes until then. */
  follow(state: WorldState): void {
    if (this.#closing.signal.aborted || !this.#isDue(state)) return;
    this.#underWay ??= this.#keepUp(state).finally(() => (this.#underWay = null));
  }

  /** The last time, for whoever asks while the world has no owner. */
  async close(state: WorldState): Promise<void> {
    this.#closing.abort();
    await this.#underWay;
    if (state.version !== this.#writtenVersion) await this.#write(state);
  }

  #isDue(state: WorldState): boolean {
    if (state.version !== this.#writtenVersion) return true;
    const { ctx, place } = this.#parts;
    return place.spec.ground !== "room" && ctx.clock.monotonicMs() - this.#writtenAtMs >= inhabitantsEveryMs;
  }

  async #keepUp(state: WorldState): Promise<void> {
    while (this.#isDue(state)) {
      await this.#parts.ctx.clock.sleep(placementsEveryMs, this.#closing.signal);
      if (this.#closing.signal.aborted) return;
      await this.#write(state);
    }
  }

  async #write(state: WorldState): Promise<void> {
    const { ctx, place, fence } = this.#parts;
    const { version } = state;
    const before = this.#written;
    const now = placedIn(place, state, Math.max(state.atMs, ctx.clock.nowMs()));
    const placed = [...now].filter(([key, each]) => !isSame(before?.get(key), each)).map(([, each]) => each);
    const gone = [...(before ?? [])].filter(([key]) => !now.has(key)).map(([, { kind, id }]) => ({ kind, id }));
    try {
      if (before === null || placed.length > 0 || gone.length > 0)
        await ctx.placements.write({
          worldId: place.id,
          fence,
          space: place.spec,
          placed,
          gone,
          isWhole: before === null,
        });
      this.#written = now;
      this.#writtenVersion = version;
      this.#writtenAtMs = ctx.clock.monotonicMs();
    } catch (error) {
      this.#written = null;
      ctx.log.warn({ error, worldId: place.id }, "positions could not be written; all of them are tried again");
    }
  }
}

/** Whom and what others may perceive. */
function placedIn(place: Place, state: WorldState, nowMs: number): Map<string, Placed> {
  const placed: Placed[] = [];
  for (const { id, name, attributes, position } of state.bodies.values())
    if (attributes !== null) placed.push({ kind: "character", id, name, position });
  for (const { person, position } of npcsOf({ place, state, gameMs: gameTimeMs(state.clock, nowMs) }))
    placed.push({ kind: "inhabitant", id: person.id, name: person.name, position });
  for (const { item, position } of state.things.values())
    placed.push({ kind: "thing", id: item.id, name: nameOf(item), position });
  return new Map(placed.map((each) => [`${each.kind} ${each.id}`, each]));
}

function isSame(one: Placed | undefined, other: Placed): boolean {
  if (one?.name !== other.name) return false;
  const [from, to] = [one.position, other.position];
  return from.x === to.x && from.y === to.y && from.z === to.z;
}
