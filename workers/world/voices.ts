import type { InputId } from "#core/lib/ids.ts";
import type { Prompt } from "#core/llm/prompts/prompts.ts";
import type { LlmAnswer } from "#core/ports/models.ts";
import type { NpcAnswer } from "#core/world/decide/talk.ts";
import { promptOf } from "#core/world/inhabitants/prompt.ts";
import type { Talk } from "#core/world/model.ts";
import type { Scene } from "#core/world/scene.ts";
import type { WorldContext } from "./context.ts";
import { isOutage, silenceMs } from "./outages.ts";

/** Within which a model must answer: less than whoever was spoken to thinks at most (`thinkingMsMax`). */
const waitMsMax = 8_000;

type Ctx = Pick<WorldContext, "llm" | "clock" | "entropy" | "log">;

/** Has models find the words of those who live in one world. Their answers come back as wishes of the owner, so what is said is in the log. */
export class Voices implements Disposable {
  readonly #ctx: Ctx;
  readonly #ring: () => void;
  readonly #stopping = new AbortController();
  readonly #asked = new Set<InputId>();
  readonly #answers: NpcAnswer[] = [];
  /** By the monotonic clock: until then everyone answers by heart at once. */
  #silentUntilMs = 0;

  constructor(ctx: Ctx, ring: () => void) {
    this.#ctx = ctx;
    this.#ring = ring;
  }

  /** Whether it is worth waiting for a model. */
  get canThink(): boolean {
    return this.#ctx.clock.monotonicMs() >= this.#silentUntilMs;
  }

  takeAnswers(): NpcAnswer[] {
    return this.#answers.splice(0);
  }

  /** Asks for each that waits for an answer and was not asked for yet; after a change of owners these are all. */
  follow({ talks }: Pick<Scene["state"], "talks">, sceneNow: () => Scene): void {
    for (const id of this.#asked) if (!talks?.has(id)) this.#asked.delete(id);
    for (const talk of talks?.values() ?? []) {
      if (this.#asked.has(talk.id)) continue;
      this.#asked.add(talk.id);
      void this.#think(sceneNow(), talk).then((text) => this.#answer(talk, text));
    }
  }

  [Symbol.dispose](): void {
    this.#stopping.abort("stopped");
  }

  async #think(scene: Scene, talk: Talk): Promise<string | null> {
    const userId = scene.state.bodies.get(talk.characterId)?.userId;
    const prompt = promptOf(scene, talk);
    if (userId === undefined || prompt === null) return null;
    const answer = await this.#ask(prompt, userId);
    if (answer.status === "degraded" && isOutage(answer.reason))
      this.#silentUntilMs = this.#ctx.clock.monotonicMs() + silenceMs;
    return answer.status === "answered" ? saidIn(answer.json) : null;
  }

  #ask(prompt: Prompt, userId: string): Promise<LlmAnswer> {
    return this.#ctx.llm.ask({ ...prompt, userId, waitMsMax }, { signal: this.#stopping.signal });
  }

  #answer({ id: talkId }: Talk, text: string | null): void {
    if (this.#stopping.signal.aborted) return;
    this.#answers.push({ type: "npcAnswer", id: this.#ctx.entropy.uuid() as InputId, talkId, text });
    this.#ring();
  }
}

/** The gateway has held it to the schema of the prompt. */
function saidIn(json: unknown): string | null {
  const says = (json as { readonly says?: unknown } | undefined)?.says;
  return typeof says === "string" ? says : null;
}
