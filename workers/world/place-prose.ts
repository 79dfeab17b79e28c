import { kindPolicies } from "#core/llm/kinds.ts";
import { accepted } from "#core/world/prose/accept.ts";
import { proseAsked } from "#core/world/prose/prompt.ts";
import { type Prose, type Scenery, wordsOf } from "#core/world/prose/scenery.ts";
import type { Glance, Place } from "#core/world/scene.ts";
import type { WorldContext } from "./context.ts";
import { isOutage, silenceMs } from "./outages.ts";

/** Of one world. Whoever looks at more than that is asked for when he looks again. */
export const askedAtOnceMax = 4;
export const knownMax = 256;
const { cacheMs } = kindPolicies.description;

type Ctx = Pick<WorldContext, "llm" | "clock" | "log">;

/**
 * Has models describe what players of one world look at. Nobody waits for it: a look is answered at once, and the next one under the same words
 * is told what came of it. It is the owner's memory and no fact of the world: nothing is decided by it.
 */
export class PlaceProse implements Disposable {
  readonly #ctx: Ctx;
  readonly #place: Place;
  readonly #stopping = new AbortController();
  readonly #asked = new Set<string>();
  readonly #known = new Map<string, string | null>();
  /** By the monotonic clock, oldest first. */
  readonly #untilMs = new Map<string, number>();
  /** By the monotonic clock. */
  #silentUntilMs = 0;

  constructor(ctx: Ctx, place: Place) {
    this.#ctx = ctx;
    this.#place = place;
  }

  get known(): Prose {
    const nowMs = this.#ctx.clock.monotonicMs();
    for (const [words, untilMs] of this.#untilMs) {
      if (untilMs > nowMs) break;
      this.#forget(words);
    }
    return this.#known;
  }

  /** What was looked at in a turn that is committed. */
  ask(glances: readonly Glance[]): void {
    for (const { userId, scenery } of glances) {
      const words = wordsOf(scenery);
      const isSilent = this.#ctx.clock.monotonicMs() < this.#silentUntilMs;
      if (isSilent || this.#asked.size >= askedAtOnceMax || this.#asked.has(words) || this.#known.has(words)) continue;
      this.#asked.add(words);
      void this.#describe(scenery, userId).finally(() => this.#asked.delete(words));
    }
  }

  [Symbol.dispose](): void {
    this.#stopping.abort("stopped");
  }

  async #describe(scenery: Scenery, userId: string): Promise<void> {
    const prompt = proseAsked(this.#place, scenery);
    const { llm, log, clock } = this.#ctx;
    const answer = await llm.ask({ ...prompt, userId }, { signal: this.#stopping.signal });
    if (this.#stopping.signal.aborted) return;
    if (answer.status === "degraded") {
      if (isOutage(answer.reason)) this.#silentUntilMs = clock.monotonicMs() + silenceMs;
      return;
    }
    const text = accepted(answer.text, scenery);
    if (text === null) log.info({ worldId: this.#place.id, model: answer.model }, "a model's description was not told");
    this.#remember(wordsOf(scenery), text);
  }

  #remember(words: string, text: string | null): void {
    this.#forget(words);
    this.#known.set(words, text);
    this.#untilMs.set(words, this.#ctx.clock.monotonicMs() + cacheMs);
    if (this.#known.size > knownMax) this.#forget(this.#known.keys().next().value!);
  }

  #forget(words: string): void {
    this.#known.delete(words);
    this.#untilMs.delete(words);
  }
}
