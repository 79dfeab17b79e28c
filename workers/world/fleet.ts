import { AppError } from "#core/lib/errors.ts";
import { lobbyWorldId, type WorldId } from "#core/lib/ids.ts";
import type { Bus } from "#core/ports/bus.ts";
import type { InputStreams } from "#core/ports/input-streams.ts";
import type { FleetView } from "#core/ports/leases.ts";
import type { Worlds } from "#core/ports/worlds.ts";
import { worldFreed } from "#core/protocol/subjects.ts";
import { Placement } from "#core/world/placement.ts";
import type { WorldRecord } from "#core/world/spec.ts";
import type { Care, Ending } from "./care.ts";
import type { WorldContext } from "./context.ts";
import { Faults, type FaultsContext } from "./faults.ts";
import type { Ownership } from "./runner.ts";
import { type Owned, stopOwned } from "./serve-owned.ts";
import type { WorldServiceOptions } from "./service.ts";
import { createWake } from "./wake.ts";

/** Free worlds are looked for at least this often: half of the second in which a world without an owner is to be back. */
const lookOutMs = 500;
/** From the beginning of one round to that of the next: news of many worlds in a row are one round, not a round for each. */
const roundsApartMs = 40;
/** Leases are renewed so often in the time of one: what a renewal writes is a row for each world. */
const renewalsPerLease = 3;
/** A worker stops before its lease could have run out: whatever it began is done by then. */
const safeShareOfLease = 0.8;
/** Worlds that are handed over to a better owner in one round. */
export const handOversPerRoundMax = 2;
/** Worlds without an owner that are looked at in one round. */
const unownedPerRoundMax = 5_000;
/** Worlds that are opened or stopped at once. The next round, as soon as one is done, goes on with the rest. */
export const underWayMax = 64;
/** ECS ends a task 35 s after it has asked it to stop (infra/container.ts); whoever is told last has to have time, too. */
export const drainMsMax = 25_000;
/** Calls that wait for the next round. What is beyond is found by looking. */
const callsMax = 10_000;

export type FleetContext = FaultsContext &
  Pick<WorldContext, "leases"> & {
    readonly bus: Pick<Bus, "publish">;
    readonly inputs: Pick<InputStreams, "waiting">;
    readonly worlds: Pick<Worlds, "getMany">;
  };

/** Opens a world that this worker has just taken, and runs it. Rejects where it cannot, or is no longer to. */
export type RunTaken = (found: WorldRecord, ownership: Ownership, care: Care, stopped: AbortSignal) => Promise<Owned>;

export class Fleet {
  readonly #ctx: FleetContext;
  readonly #options: Required<WorldServiceOptions>;
  readonly #run: RunTaken;
  readonly #placement: Placement;
  readonly #wake: ReturnType<typeof createWake>;
  readonly #owned = new Map<WorldId, Owned>();
  readonly #faults: Faults;
  /** Somebody wants these. */
  readonly #called = new Set<WorldId>();
  /** Worlds that are being opened or stopped. Nobody waits for them: one that hangs must not cost the others their lease. */
  readonly #underWay = new Map<WorldId, Promise<void>>();
  /** Worlds whose planets are made, one after the other; no start and no other world waits for them. */
  readonly #making = new Map<WorldId, Promise<void>>();
  #lastMade = Promise.resolve();
  /** By the monotonic clock: until then no other worker can have taken what is held here. */
  #validUntilMs = 0;
  #renewDueMs = -Infinity;
  #lookOutDueMs = 0;
  #hasBacklog = false;
  #held = new Set<WorldId>();
  #isStopping = false;
  readonly #stopping = new AbortController();

  constructor(
    ctx: FleetContext,
    options: Required<WorldServiceOptions>,
    run: RunTaken,
    placement: Placement = new Placement(),
  ) {
    this.#placement = placement;
    this.#ctx = ctx;
    this.#options = options;
    this.#run = run;
    this.#wake = createWake(ctx.clock);
    this.#faults = new Faults(ctx);
  }

  get owned(): ReadonlySet<WorldId> {
    return new Set(this.#owned.keys());
  }

  /** Somebody has given this world up. Each such news reaches every worker: only those look at once to whom it may fall. */
  freed(id: WorldId): void {
    if (this.#placement.mayFallTo(this.#options.owner, id)) this.#wake.ring();
  }

  /** Somebody wants this world: if it belongs here and sleeps, it is opened. */
  call(id: WorldId): void {
    if (this.#owned.has(id) || this.#called.size >= callsMax || !this.#isMine(id)) return;
    this.#called.add(id);
    this.#wake.ring();
  }

  stop(): void {
    this.#isStopping = true;
    this.#stopping.abort();
    this.#wake.ring();
  }

  async keepGoing(): Promise<void> {
    const { clock } = this.#ctx;
    for (;;) {
      await this.#wake.wait(Math.min(this.#options.leaseMs / 3, lookOutMs));
      if (this.#isStopping) return;
      const startedMs = clock.monotonicMs();
      try {
        await this.round();
      } catch (error) {
        this.#ctx.log.error({ error }, "leases could not be renewed");
      }
      await clock.sleep(Math.max(0, startedMs + roundsApartMs - clock.monotonicMs()), this.#stopping.signal);
    }
  }

  /** Keeps what is held, takes what belongs here, and hands over what belongs elsewhere. */
  async round(): Promise<void> {
    const held = await this.#keep();
    const isMine = (id: WorldId) => this.#isMine(id);
    await this.#letGo([...held].filter((id) => !this.#isBusyWith(id) && !isMine(id)));
    const due = (await this.#wanted(held)).filter((id) => !this.#isBusyWith(id) && this.#faults.isDue(id));
    await this.#take(due.filter(isMine));
    const elsewhere = [...this.#owned.keys()].filter((id) => !isMine(id));
    for (const id of elsewhere.slice(0, handOversPerRoundMax)) this.#start(id, () => this.#handOver(id));
    this.#faults.recover(this.#owned.keys());
    this.#ctx.metrics.set("worlds_owned", {}, this.#owned.size);
  }

  /** Resolves when every world that is being opened or stopped just now has been. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay.values());
  }

  /** Whoever does not stop in time is kept from writing by the fence of its next owner. */
  async giveUpAll(): Promise<void> {
    const { leases, log, bus, clock } = this.#ctx;
    const ids = new Set<WorldId>();
    const done = new AbortController();
    const stopping = this.#stopAll(ids).finally(() => done.abort());
    await Promise.race([stopping, clock.sleep(drainMsMax, done.signal)]);
    if (!done.signal.aborted)
      log.error({ waitedMs: drainMsMax }, "some worlds do not stop: they are left to their next owners");
    try {
      await leases.leave(this.#options.owner);
      for (const worldId of [...ids, ...this.#owned.keys()]) bus.publish(worldFreed, { worldId });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log.warn({ error }, "the leases will run out by themselves");
    }
  }

  /** Tells `ids` what it stops. One that cannot be stopped keeps no other from it. */
  async #stopAll(ids: Set<WorldId>): Promise<void> {
    await Promise.all([this.settled(), ...this.#making.values()]);
    const all = [...this.#owned];
    this.#owned.clear();
    await Promise.all(
      all.map(async ([id, owned]) => {
        ids.add(id);
        await stopOwned(owned).catch((error: unknown) =>
          this.#ctx.log.error({ error, worldId: id }, "a world could not be given up in order"),
        );
      }),
    );
    await this.settled();
  }

  /** What should run and does not: awake without an owner, held and not run (it failed, or this name is back), or asleep and called for. */
  async #wanted(held: ReadonlySet<WorldId>): Promise<WorldId[]> {
    const { leases, inputs, clock, log } = this.#ctx;
    const wanted = new Set([...this.#called, ...held]);
    this.#called.clear();
    for (const id of await leases.unowned(unownedPerRoundMax)) wanted.add(id);
    if (clock.monotonicMs() < this.#lookOutDueMs) return [...wanted];
    this.#lookOutDueMs = clock.monotonicMs() + lookOutMs;
    // The news that somebody wants a world may be lost; what he wants of it is in its stream.
    const waiting = await inputs.waiting().catch((error: unknown): WorldId[] => {
      log.warn({ error }, "nobody knows which worlds have inputs waiting");
      return [];
    });
    for (const id of waiting) wanted.add(id);
    return [...wanted];
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

  #isMine(id: WorldId): boolean {
    return this.#placement.ownerOf(id) === this.#options.owner;
  }

  /** Sees to the leases and who is alive; answers what is held. */
  async #keep(): Promise<ReadonlySet<WorldId>> {
    const { held, alive } = await this.#view();
    const { log } = this.#ctx;
    this.#placement.see(alive);
    this.#held = new Set(held);
    for (const [id, owned] of this.#owned) {
      if (held.has(id)) continue;
      log.warn({ worldId: id }, "another owner has this world");
      this.#owned.delete(id);
      this.#start(id, () => stopOwned(owned));
    }
    return held;
  }

  async #view(): Promise<FleetView> {
    const { clock, leases } = this.#ctx;
    const { owner, leaseMs } = this.#options;
    const startedMs = clock.monotonicMs();
    if (startedMs < this.#renewDueMs) {
      const seen = await leases.look(owner);
      // An older process of this name may have left late.
      if (seen.alive.has(owner)) return seen;
    }
    const renewed = await leases.renew(owner, leaseMs);
    this.#renewDueMs = startedMs + leaseMs / renewalsPerLease;
    this.#validUntilMs = startedMs + leaseMs * safeShareOfLease;
    return renewed;
  }

  #start(id: WorldId, work: () => Promise<void>): void {
    const before = this.#underWay.get(id) ?? Promise.resolve();
    const done = before
      .then(work)
      .catch((error: unknown) => this.#ctx.log.error({ error, worldId: id }, "a world could not be given up in order"))
      .finally(() => {
        if (this.#underWay.get(id) === done) this.#underWay.delete(id);
        if (this.#hasBacklog || this.#called.size > 0) this.#wake.ring();
      });
    this.#underWay.set(id, done);
  }

  async #take(ids: readonly WorldId[]): Promise<void> {
    const some = ids.slice(0, Math.max(0, underWayMax - this.#underWay.size));
    this.#hasBacklog = some.length < ids.length;
    if (some.length === 0) return;
    const { owner, leaseMs } = this.#options;
    const fences = await this.#ctx.leases.acquire(owner, some, leaseMs);
    if (fences.size === 0) return;
    for (const id of fences.keys()) this.#held.add(id);
    for (const record of await this.#ctx.worlds.getMany([...fences.keys()])) {
      const open = () => this.#open(record, fences.get(record.id)!);
      if (record.status === "generating") this.#make(record.id, open);
      else this.#start(record.id, open);
    }
  }

  #make(id: WorldId, open: () => Promise<void>): void {
    const done = this.#lastMade.then(open).finally(() => {
      this.#making.delete(id);
      this.#wake.ring();
    });
    this.#lastMade = done;
    this.#making.set(id, done);
  }

  #isBusyWith(id: WorldId): boolean {
    return this.#owned.has(id) || this.#underWay.has(id) || this.#making.has(id);
  }

  async #open(found: WorldRecord, fence: number): Promise<void> {
    const { clock, log } = this.#ctx;
    const { id } = found;
    try {
      this.#faults.opening(found);
      const isValid = () => this.#held.has(id) && clock.monotonicMs() < this.#validUntilMs;
      const { guard, sleepAfterMs } = this.#options;
      // Everyone comes through the lobby: it is always wanted.
      const care = {
        guard,
        sleepAfterMs: id === lobbyWorldId ? null : sleepAfterMs,
        suspects: this.#faults.suspectsOf(id),
      };
      const owned = await this.#run(found, { fence, isValid }, care, this.#stopping.signal);
      this.#owned.set(id, owned);
      log.info({ worldId: id, fence }, "world taken");
      owned.runner.ended.then(
        (ending) => this.#ended(id, owned, fence, ending),
        (error: unknown) => this.#abandon(id, owned, error),
      );
    } catch (error) {
      this.#abandon(id, null, error);
    }
  }

  /** A world that nobody needs costs nothing: no lease, no state, no consumer. */
  #ended(id: WorldId, owned: Owned, fence: number, ending: Ending): void {
    if (ending === "stopped") return;
    this.#faults.forget(id);
    if (this.#owned.get(id) === owned) this.#owned.delete(id);
    this.#start(id, async () => {
      await owned.stopServing();
      if (ending === "asleep") await this.#ctx.leases.sleep(this.#options.owner, id, fence);
      this.#held.delete(id);
      // What came for it since is in its stream, and is looked for now.
      this.#lookOutDueMs = 0;
      this.#ctx.log.info({ worldId: id, fence }, ending === "asleep" ? "world asleep" : "world over");
    });
  }

  #abandon(id: WorldId, owned: Owned | null, error: unknown): void {
    const { leases, log } = this.#ctx;
    owned?.stopServing().catch((cause: unknown) => log.warn({ error: cause, worldId: id }, "a server did not stop"));
    if (owned === null || this.#owned.get(id) === owned) this.#owned.delete(id);
    const isGivenUp = this.#faults.failed(id, error);
    if (isGivenUp && !this.#isStopping) this.#start(id, () => leases.release(this.#options.owner, [id]));
  }
}
