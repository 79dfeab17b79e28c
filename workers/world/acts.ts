import { AppError } from "#core/lib/errors.ts";
import type { InputId, WorldId } from "#core/lib/ids.ts";
import type { WorldInput } from "#core/protocol/world-input.ts";
import type { WorldClock } from "#core/world/clock.ts";
import type { WorldContext } from "./context.ts";

export type Act = { readonly version: number; readonly clock: WorldClock };

export const actsWaitingMax = 256;
/** Longer than anybody waits for the answer. */
const actMsMax = 10_000;

type Waiting = { readonly done: (act: Act) => void; readonly failed: (error: AppError) => void };

/** Inputs that somebody wants to hear the end of: they go through the world's stream as all others do. */
export class Acts {
  readonly #ctx: Pick<WorldContext, "clock" | "inputs">;
  readonly #worldId: WorldId;
  readonly #waiting = new Map<InputId, Waiting[]>();

  constructor(ctx: Pick<WorldContext, "clock" | "inputs">, worldId: WorldId) {
    this.#ctx = ctx;
    this.#worldId = worldId;
  }

  /** Resolves when the turn that applied it is committed. */
  async perform(input: WorldInput): Promise<Act> {
    if (this.#waiting.size >= actsWaitingMax) throw new AppError("UNAVAILABLE", "Too much is asked of this world.");
    const { promise, resolve: done, reject: failed } = Promise.withResolvers<Act>();
    promise.catch(() => undefined);
    const mine: Waiting = { done, failed };
    this.#waiting.set(input.id, [...(this.#waiting.get(input.id) ?? []), mine]);
    const late = new AbortController();
    try {
      await this.#ctx.inputs.append(this.#worldId, input);
      const timeout = this.#ctx.clock.sleep(actMsMax, late.signal).then(() => {
        throw new AppError("TIMEOUT", "The world did not come to it in time.");
      });
      return await Promise.race([promise, timeout]);
    } finally {
      late.abort();
      const left = (this.#waiting.get(input.id) ?? []).filter((each) => each !== mine);
      if (left.length === 0) this.#waiting.delete(input.id);
      else this.#waiting.set(input.id, left);
    }
  }

  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** What these inputs came to is committed. */
  applied(ids: Iterable<InputId>, act: Act): void {
    if (this.#waiting.size === 0) return;
    for (const id of ids) for (const { done } of this.#waiting.get(id) ?? []) done(act);
  }

  /** Whoever waits asks the next owner. */
  giveUp(): void {
    const error = new AppError("UNAVAILABLE", "This world is changing hands.");
    for (const all of this.#waiting.values()) for (const { failed } of all) failed(error);
  }
}
