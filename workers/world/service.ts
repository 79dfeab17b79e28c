import { AppError } from "#core/lib/errors.ts";
import type { CharacterId, WorldId } from "#core/lib/ids.ts";
import { worldLook } from "#core/protocol/subjects.ts";
import type { WorldRecord } from "#core/world/spec.ts";
import { terrainOf } from "#core/world/terrain.ts";
import type { WorldContext } from "./context.ts";
import { type Runner, runWorld } from "./runner.ts";

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
/** Free worlds are looked for at least this often. */
const lookOutMs = 1000;
/** A worker stops before its lease could have run out: whatever it began is done by then. */
const safeShareOfLease = 0.8;

/** Owns worlds: takes those that are free, runs them, and keeps the leases on them alive until it is stopped. */
export async function startWorldService(ctx: WorldContext, options: WorldServiceOptions): Promise<WorldService> {
  const fleet = new Fleet(ctx, options);
  await fleet.takeFree();
  const stopping = new AbortController();
  const keeping = fleet.keepUntil(stopping.signal);
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => {
    stopping.abort();
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
  readonly #owned = new Map<WorldId, Owned>();
  readonly #failures = new Map<WorldId, { count: number; retryAtMs: number }>();
  /** By the monotonic clock: until then no other worker can have taken what is owned here. */
  #validUntilMs = 0;

  constructor(ctx: WorldContext, options: WorldServiceOptions) {
    this.#ctx = ctx;
    this.#options = options;
  }

  get owned(): ReadonlySet<WorldId> {
    return new Set(this.#owned.keys());
  }

  async keepUntil(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#ctx;
    while (!signal.aborted) {
      await clock.sleep(Math.min(this.#options.leaseMs / 3, lookOutMs), signal);
      if (signal.aborted) return;
      try {
        await this.#renew();
        await this.takeFree();
      } catch (error) {
        log.error({ error }, "leases could not be renewed");
      }
    }
  }

  async takeFree(): Promise<void> {
    const ctx = this.#ctx;
    const records = (await ctx.worlds.list()).filter((record) => this.#isDue(record));
    if (records.length === 0) return;
    const ids = records.map(({ id }) => id);
    const startedMs = ctx.clock.monotonicMs();
    const fences = await ctx.leases.acquire(this.#options.owner, ids, this.#options.leaseMs);
    if (this.#owned.size === 0) this.#validUntilMs = startedMs + this.#options.leaseMs * safeShareOfLease;
    await Promise.all(
      records.map(async (record) => {
        const fence = fences.get(record.id);
        if (fence !== undefined) await this.#open(record, fence);
      }),
    );
  }

  async giveUpAll(): Promise<void> {
    const { leases, log } = this.#ctx;
    const ids = [...this.#owned.keys()];
    const all = [...this.#owned.values()];
    this.#owned.clear();
    await Promise.all(all.flatMap(({ runner, stopServing }) => [stopServing(), runner.stop()]));
    try {
      await leases.release(this.#options.owner, ids);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log.warn({ error }, "the leases will run out by themselves");
    }
  }

  async #renew(): Promise<void> {
    const { clock, leases, log } = this.#ctx;
    const startedMs = clock.monotonicMs();
    const kept = await leases.renew(this.#options.owner, this.#options.leaseMs);
    this.#validUntilMs = startedMs + this.#options.leaseMs * safeShareOfLease;
    for (const [id, { runner, stopServing }] of this.#owned) {
      if (kept.has(id)) continue;
      log.warn({ worldId: id }, "another owner has this world");
      this.#owned.delete(id);
      await Promise.all([stopServing(), runner.stop()]);
    }
  }

  #isDue({ id }: WorldRecord): boolean {
    return !this.#owned.has(id) && (this.#failures.get(id)?.retryAtMs ?? 0) <= this.#ctx.clock.monotonicMs();
  }

  async #open(record: WorldRecord, fence: number): Promise<void> {
    const ctx = this.#ctx;
    const { id, name, spec } = record;
    try {
      const place = { id, name, spec, terrain: terrainOf(spec) };
      const isValid = () => ctx.clock.monotonicMs() < this.#validUntilMs;
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
    const count = (this.#failures.get(id)?.count ?? 0) + 1;
    const delayMs = Math.min(retryMaxMs, retryMinMs * 2 ** (count - 1));
    this.#failures.set(id, { count, retryAtMs: clock.monotonicMs() + delayMs });
    log.error({ error, worldId: id, retryInMs: delayMs }, "a world stopped; it goes on from its log");
  }
}
