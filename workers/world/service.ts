import { AppError } from "#core/lib/errors.ts";
import type { CharacterId, WorldId } from "#core/lib/ids.ts";
import { worldFreed, worldLook } from "#core/protocol/subjects.ts";
import { preferredOwner } from "#core/world/placement.ts";
import type { WorldRecord } from "#core/world/spec.ts";
import { terrainOf } from "#core/world/terrain.ts";
import type { WorldContext } from "./context.ts";
import { type Runner, runWorld } from "./runner.ts";
import { createWake } from "./wake.ts";

export type WorldServiceOptions = {
  /** Names this worker among the owners. The same name again takes over at once what it owned. */
  readonly owner: string;
  readonly leaseMs: number;
};

export type WorldService = AsyncDisposable & {
  /** Worlds that run here now. */
  readonly owned: ReadonlySet<WorldId>;
  /** Gives up every world in good order. */
  stop(): Promise<void>;
};

/** A world that failed is tried again after this long, and twice as long after each further failure. */
export const retryMinMs = 250;
export const retryMaxMs = 30_000;
/** Free worlds are looked for at least this often: half of the second in which a world without an owner is to be back. */
const lookOutMs = 500;
/** A worker stops before its lease could have run out: whatever it began is done by then. */
const safeShareOfLease = 0.8;
/** Worlds that are handed over to a better owner in one round. */
export const handOversPerRoundMax = 2;

/** Owns worlds: takes those that belong here, runs them, and keeps the leases on them alive until it is stopped. */
export async function startWorldService(ctx: WorldContext, options: WorldServiceOptions): Promise<WorldService> {
  const fleet = new Fleet(ctx, options);
  await fleet.round();
  await fleet.settled();
  const keeping = fleet.keepGoing();
  const unsubscribe = ctx.bus.subscribe(worldFreed, () => fleet.lookNow());
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => {
    unsubscribe();
    fleet.stop();
    return (stopped ??= keeping.then(() => fleet.giveUpAll()));
  };
  return {
    get owned() {
      return fleet.owned;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

type Owned = { readonly runner: Runner; readonly stopServing: () => Promise<void> };

class Fleet {
  readonly #ctx: WorldContext;
  readonly #options: WorldServiceOptions;
  readonly #wake: ReturnType<typeof createWake>;
  readonly #owned = new Map<WorldId, Owned>();
  readonly #failures = new Map<WorldId, { count: number; retryAtMs: number }>();
  /** Worlds that are being opened or stopped. Nobody waits for them: one that hangs must not cost the others their lease. */
  readonly #underWay = new Map<WorldId, Promise<void>>();
  /** By the monotonic clock: until then no other worker can have taken what is held here. */
  #validUntilMs = 0;
  #held = new Set<WorldId>();
  #isStopping = false;

  constructor(ctx: WorldContext, options: WorldServiceOptions) {
    this.#ctx = ctx;
    this.#options = options;
    this.#wake = createWake(ctx.clock);
  }

  get owned(): ReadonlySet<WorldId> {
    return new Set(this.#owned.keys());
  }

  lookNow(): void {
    this.#wake.ring();
  }

  stop(): void {
    this.#isStopping = true;
    this.#wake.ring();
  }

  async keepGoing(): Promise<void> {
    for (;;) {
      await this.#wake.wait(Math.min(this.#options.leaseMs / 3, lookOutMs));
      if (this.#isStopping) return;
      try {
        await this.round();
      } catch (error) {
        this.#ctx.log.error({ error }, "leases could not be renewed");
      }
    }
  }

  /** Keeps what is held, takes what belongs here, and hands over what belongs elsewhere. */
  async round(): Promise<void> {
    const { held, alive } = await this.#renew();
    const records = await this.#ctx.worlds.list();
    const ownerOf = ({ id }: { id: WorldId }) => preferredOwner(alive, id);
    await this.#letGo([...held].filter((id) => !this.#isBusyWith(id) && ownerOf({ id }) !== this.#options.owner));
    await this.#take(records.filter((record) => this.#isDue(record) && ownerOf(record) === this.#options.owner));
    const elsewhere = [...this.#owned.keys()].filter((id) => ownerOf({ id }) !== this.#options.owner);
    for (const id of elsewhere.slice(0, handOversPerRoundMax)) this.#start(id, () => this.#handOver(id));
  }

  /** Resolves when every world that is being opened or stopped just now has been. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay.values());
  }

  async giveUpAll(): Promise<void> {
    const { leases, log, bus } = this.#ctx;
    await this.settled();
    const ids = [...this.#owned.keys()];
    const all = [...this.#owned.values()];
    this.#owned.clear();
    await Promise.all(all.map((owned) => stopOwned(owned)));
    try {
      await leases.leave(this.#options.owner);
      for (const worldId of ids) bus.publish(worldFreed, { worldId });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log.warn({ error }, "the leases will run out by themselves");
    }
  }

  async #handOver(id: WorldId): Promise<void> {
    const { leases, bus, log } = this.#ctx;
    const owned = this.#owned.get(id);
    if (!owned) return;
    this.#owned.delete(id);
    await stopOwned(owned);
    await leases.release(this.#options.owner, [id]);
    bus.publish(worldFreed, { worldId: id });
    log.info({ worldId: id }, "world handed over");
  }

  /** What this name holds and does not run (it died and is back, or the world failed) and somebody else should: nobody could take it. */
  async #letGo(ids: readonly WorldId[]): Promise<void> {
    if (ids.length === 0) return;
    const { leases, bus } = this.#ctx;
    await leases.release(this.#options.owner, ids);
    for (const worldId of ids) bus.publish(worldFreed, { worldId });
  }

  async #renew(): ReturnType<WorldContext["leases"]["renew"]> {
    const { clock, leases, log } = this.#ctx;
    const startedMs = clock.monotonicMs();
    const { held, alive } = await leases.renew(this.#options.owner, this.#options.leaseMs);
    this.#validUntilMs = startedMs + this.#options.leaseMs * safeShareOfLease;
    this.#held = new Set(held);
    for (const [id, owned] of this.#owned) {
      if (held.has(id)) continue;
      log.warn({ worldId: id }, "another owner has this world");
      this.#owned.delete(id);
      this.#start(id, () => stopOwned(owned));
    }
    return { held, alive };
  }

  #start(id: WorldId, work: () => Promise<void>): void {
    const done = work()
      .catch((error: unknown) => this.#ctx.log.error({ error, worldId: id }, "a world could not be given up in order"))
      .finally(() => this.#underWay.delete(id));
    this.#underWay.set(id, done);
  }

  async #take(records: readonly WorldRecord[]): Promise<void> {
    if (records.length === 0) return;
    const { owner, leaseMs } = this.#options;
    const ids = records.map(({ id }) => id);
    const fences = await this.#ctx.leases.acquire(owner, ids, leaseMs);
    for (const record of records) {
      const fence = fences.get(record.id);
      if (fence === undefined) continue;
      this.#held.add(record.id);
      this.#start(record.id, () => this.#open(record, fence));
    }
  }

  #isBusyWith(id: WorldId): boolean {
    return this.#owned.has(id) || this.#underWay.has(id);
  }

  #isDue({ id }: WorldRecord): boolean {
    if (this.#isBusyWith(id)) return false;
    return (this.#failures.get(id)?.retryAtMs ?? 0) <= this.#ctx.clock.monotonicMs();
  }

  async #open(record: WorldRecord, fence: number): Promise<void> {
    const ctx = this.#ctx;
    const { id, name, spec } = record;
    try {
      const place = { id, name, spec, terrain: terrainOf(spec) };
      const isValid = () => this.#held.has(id) && ctx.clock.monotonicMs() < this.#validUntilMs;
      const runner = await runWorld(ctx, place, { fence, isValid });
      const stopServing = ctx.bus.serve(worldLook(id), async ({ characterId }) => ({
        text: await runner.look(characterId as CharacterId),
      }));
      this.#owned.set(id, { runner, stopServing });
      ctx.log.info({ worldId: id, fence }, "world taken");
      runner.ended.then(
        () => this.#failures.delete(id),
        (error: unknown) => this.#abandon(id, error),
      );
    } catch (error) {
      this.#abandon(id, error);
    }
  }

  /** What was acknowledged is in the log; what was not comes again. */
  #abandon(id: WorldId, error: unknown): void {
    const { clock, log } = this.#ctx;
    this.#owned
      .get(id)
      ?.stopServing()
      .catch((cause: unknown) => log.warn({ error: cause, worldId: id }, "a server did not stop"));
    this.#owned.delete(id);
    const last = this.#failures.get(id);
    // What has run for so long since then has recovered, and fails for the first time again.
    const isRecent = last !== undefined && clock.monotonicMs() - last.retryAtMs < retryMaxMs;
    const count = (isRecent ? last.count : 0) + 1;
    const delayMs = Math.min(retryMaxMs, retryMinMs * 2 ** (count - 1));
    this.#failures.set(id, { count, retryAtMs: clock.monotonicMs() + delayMs });
    log.error({ error, worldId: id, retryInMs: delayMs }, "a world stopped; it goes on from its log");
  }
}

async function stopOwned({ runner, stopServing }: Owned): Promise<void> {
  await Promise.all([stopServing(), runner.stop()]);
}
