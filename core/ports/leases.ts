import type { WorldId } from "../lib/ids.ts";

/** What an owner holds, and who is alive. */
export type FleetView = { readonly held: ReadonlySet<WorldId>; readonly alive: ReadonlySet<string> };

/** Who owns which world. The fence of a world grows with every change of hands and never returns. */
export type Leases = {
  /**
   * Takes those of the worlds that are free, expired (by the store's clock), or this owner's own already; answers with their new fences.
   * They are awake from then on. Nobody gets one that is deleted or quarantined.
   */
  acquire(owner: string, worldIds: readonly WorldId[], leaseMs: number): Promise<ReadonlyMap<WorldId, number>>;
  /**
   * Says that this owner is alive, for as long as a lease, and prolongs everything it still holds, in one step. Answers what it holds,
   * and who is alive, itself among them.
   */
  renew(owner: string, leaseMs: number): Promise<FleetView>;
  /** What `renew` would answer to this owner, without prolonging anything: it costs no write. */
  look(owner: string): Promise<FleetView>;
  /** Frees those of the worlds that this owner holds; their fences stay. */
  release(owner: string, worldIds: readonly WorldId[]): Promise<void>;
  /** Frees one that this owner holds, and it is asleep: nobody need run it until somebody wants it. Nothing happens under another fence. */
  sleep(owner: string, worldId: WorldId, fence: number): Promise<void>;
  /** Worlds that are awake (every one that was never put to sleep is) and that nobody holds, those longest without an owner first. */
  unowned(limit: number): Promise<WorldId[]>;
  /** Frees everything this owner holds, and it is alive no more. */
  leave(owner: string): Promise<void>;
};
