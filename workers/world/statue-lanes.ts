import type { Principal } from "#core/account/model.ts";
import { AppError } from "#core/lib/errors.ts";
import type { InputId, SessionId, UserId } from "#core/lib/ids.ts";
import { identityOf } from "#core/world/input-id.ts";
import { type Place, type StatueWish, telling } from "#core/world/scene.ts";
import type { WorldContext } from "./context.ts";
import type { Teller } from "./teller.ts";

/** Words that wait for a model, in all and of one player. Each holds its command unacknowledged, of which a world may have a thousand. */
export const statueWordsMax = 200;
export const statueWordsOfPlayerMax = 8;

const retryMinMs = 100;
const retryMaxMs = 5_000;

type Parts = {
  readonly ctx: Pick<WorldContext, "clock" | "log" | "interviewVerbs">;
  readonly place: Place;
  readonly teller: Teller;
};

/**
 * Carries what players say to the statue to the interviews, one after the other for each player, beside the turns: no turn waits for a model. A
 * command is done when what the statue says to it is in the player's stream. An owner that dies before leaves it to the next one, who asks
 * under the same name, and an interview takes every message once.
 */
export class StatueLanes {
  readonly #parts: Parts;
  readonly #lanes = new Map<UserId, { last: Promise<void>; count: number }>();
  readonly #stopping: AbortSignal;
  #count = 0;

  constructor(parts: Parts, stopping: AbortSignal) {
    this.#parts = parts;
    this.#stopping = stopping;
  }

  /** `done` is called with the command once it is, and never where the owner stops before. */
  hear(wish: StatueWish, done: (id: InputId) => void): void {
    const lane = this.#lanes.get(wish.userId) ?? { last: Promise.resolve(), count: 0 };
    if (this.#count >= statueWordsMax || lane.count >= statueWordsOfPlayerMax) {
      const text =
        lane.count >= statueWordsOfPlayerMax
          ? "The statue is still thinking about what you said before. Give it a moment."
          : "The statue listens to too many at once. Try again in a moment.";
      this.#parts.teller.tell([telling(wish.characterId, "error", text)]);
      return done(wish.inputId);
    }
    this.#lanes.set(wish.userId, lane);
    this.#count++;
    lane.count++;
    lane.last = lane.last
      .then(() => this.#untilHeard(wish, done))
      .finally(() => {
        this.#count--;
        if (--lane.count === 0) this.#lanes.delete(wish.userId);
      });
  }

  /** Something that this player said has not been answered yet. */
  isHearing(userId: UserId): boolean {
    return this.#lanes.has(userId);
  }

  /** Resolves when everything that was said so far has been heard, or the owner has stopped. */
  async idle(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map(({ last }) => last));
  }

  async #untilHeard(wish: StatueWish, done: (id: InputId) => void): Promise<void> {
    const { ctx, place } = this.#parts;
    const { characterId, userId, name, text, isReply, isOpening = false, inputId } = wish;
    // Whose it is was checked when the socket was opened.
    const principal: Principal = { userId, sessionId: "" as SessionId, username: name, role: "user" };
    const messageId = identityOf(inputId);
    for (let delayMs = retryMinMs; !this.#stopping.aborted; delayMs = Math.min(retryMaxMs, delayMs * 2)) {
      try {
        const words = { text, isReply, isOpening, messageId };
        await ctx.interviewVerbs.converse({ principal, characterId, worldId: place.id, ...words });
        return done(inputId);
      } catch (error) {
        const level = error instanceof AppError ? "warn" : "error";
        ctx.log[level]({ error, worldId: place.id, delayMs }, "the statue cannot be reached; trying again");
      }
      await ctx.clock.sleep(delayMs, this.#stopping);
    }
  }
}
