import type { WorldId } from "#core/lib/ids.ts";
import type { Worlds } from "#core/ports/worlds.ts";
import type { WorldFault, WorldRecord } from "#core/world/spec.ts";
import type { WorldContext } from "./context.ts";
import { isFault, reasonOf, Suspects } from "./suspects.ts";

/** A world that failed is tried again after this long, and twice as long after each further failure. */
export const retryMinMs = 250;
export const retryMaxMs = 30_000;
/** So many faults in a row, two and a half minutes of trying, and nobody tries again before he is told to. */
export const faultsMax = 12;

export type FaultsContext = Pick<WorldContext, "clock" | "log" | "metrics"> & {
  readonly worlds: Pick<Worlds, "setFault">;
};

type Failure = { count: number; retryAtMs: number; faults: number };

/** What the worlds of this worker failed by, and when each may be tried again. */
export class Faults {
  readonly #ctx: FaultsContext;
  readonly #failures = new Map<WorldId, Failure>();
  readonly #suspects = new Map<WorldId, Suspects>();
  /** The registry has a fault of theirs. */
  readonly #marked = new Set<WorldId>();

  constructor(ctx: FaultsContext) {
    this.#ctx = ctx;
  }

  isDue(id: WorldId): boolean {
    return (this.#failures.get(id)?.retryAtMs ?? 0) <= this.#ctx.clock.monotonicMs();
  }

  suspectsOf(id: WorldId): Suspects {
    const suspects = this.#suspects.get(id) ?? new Suspects();
    this.#suspects.set(id, suspects);
    return suspects;
  }

  /** What another worker has seen of it counts here, too. */
  opening({ id, fault }: WorldRecord): void {
    if (fault === undefined) {
      // Somebody has pardoned it, or it has never failed.
      if (this.#marked.delete(id)) this.#failures.delete(id);
      return;
    }
    this.#marked.add(id);
    if (!this.#failures.has(id)) this.#failures.set(id, { count: 0, retryAtMs: 0, faults: fault.count });
  }

  /** What was acknowledged is in the log; what was not comes again. Answers whether nobody is to try any more. */
  failed(id: WorldId, error: unknown): boolean {
    const { clock, log, metrics } = this.#ctx;
    const last = this.#failures.get(id);
    // What has run for so long since then has recovered, and fails for the first time again.
    const isRecent = last !== undefined && clock.monotonicMs() - last.retryAtMs < retryMaxMs;
    const count = (isRecent ? last.count : 0) + 1;
    const faults = (isRecent ? last.faults : 0) + (isFault(error) ? 1 : 0);
    const delayMs = Math.min(retryMaxMs, retryMinMs * 2 ** (count - 1));
    this.#failures.set(id, { count, faults, retryAtMs: clock.monotonicMs() + delayMs });
    log.error({ error, worldId: id, retryInMs: delayMs }, "a world stopped; it goes on from its log");
    if (!isFault(error)) return false;
    const isQuarantined = faults >= faultsMax;
    metrics.count("world_faults_total", { what: isQuarantined ? "quarantined" : "stopped" });
    if (isQuarantined) {
      log.error({ worldId: id, faults }, "a world is quarantined: it stays stopped until somebody resumes it");
      this.#failures.delete(id);
    }
    this.#marked.add(id);
    this.#mark(id, { count: faults, atMs: clock.nowMs(), reason: reasonOf(error), isQuarantined });
    return isQuarantined;
  }

  /** Those of the running worlds that have run long enough since they failed are well. */
  recover(running: Iterable<WorldId>): void {
    if (this.#marked.size === 0) return;
    for (const id of running) {
      const last = this.#failures.get(id);
      if (!this.#marked.has(id) || this.#ctx.clock.monotonicMs() - (last?.retryAtMs ?? 0) < retryMaxMs) continue;
      this.#marked.delete(id);
      this.forget(id);
      this.#mark(id, null);
    }
  }

  forget(id: WorldId): void {
    this.#failures.delete(id);
    this.#suspects.delete(id);
  }

  #mark(id: WorldId, fault: WorldFault | null): void {
    const { worlds, log } = this.#ctx;
    worlds
      .setFault(id, fault)
      .catch((cause: unknown) => log.warn({ error: cause, worldId: id }, "the registry was not told of a fault"));
  }
}
