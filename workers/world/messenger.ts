import { AppError } from "#core/lib/errors.ts";
import type { CharacterId, InputId, WorldId } from "#core/lib/ids.ts";
import type { Absent, Turn } from "#core/world/advance.ts";
import { begunAs, settledId } from "#core/world/input-id.ts";
import type { Outbound, WorldState } from "#core/world/model.ts";
import type { Place } from "#core/world/scene.ts";
import type { WorldContext } from "./context.ts";
import { forward } from "./forward.ts";
import type { Inbox } from "./inbox.ts";
import { sendTraveller, switchCharacter } from "./send-players.ts";
import type { Teller } from "./teller.ts";

export type MessengerParts = {
  readonly ctx: Pick<WorldContext, "clock" | "entropy" | "log" | "inputs" | "connections" | "characters" | "clients">;
  readonly place: Place;
  readonly teller: Teller;
  readonly inbox: Inbox;
};

/** A message that the other world has not confirmed is sent again after this long. */
export const resendMs = 5000;
/** What could not be handed over is tried again after this long, and twice as long after each further failure. */
const retryMinMs = 100;
const retryMaxMs = 5000;
/** A world that stops waits this long for what is under way. What is not out by then goes out with the next owner. */
export const drainMsMax = 2000;

/** Carries what one world says to others: travellers, words, and the players who go on as another character. */
export class Messenger {
  readonly #parts: MessengerParts;
  readonly #sentAtMs = new Map<InputId, number>();
  /** What is under way: one after another for each player, and the world waits for nobody's socket or stream. */
  readonly #lanes = new Map<CharacterId | WorldId, Promise<void>>();
  /** Those whose players are on their way elsewhere. */
  readonly #leaving = new Set<CharacterId>();
  readonly #stopping = new AbortController();

  constructor(parts: MessengerParts) {
    this.#parts = parts;
  }

  /** What a committed turn has to say. `handedOver` names the inputs that may be forgotten here only now. */
  send(turn: Turn, state: WorldState, handedOver: (id: InputId) => void): void {
    this.resend(state, turn.absent);
    for (const change of turn.switches) {
      const work = switchCharacter(this.#parts, change, turn.absent);
      this.#handOver(change.from, "switch", work, () => handedOver(change.inputId));
    }
    for (const input of turn.absent) {
      const lane = input.type === "hear" ? input.toCharacterId : input.characterId;
      const work = forward(this.#parts, input);
      this.#inLane(lane, "forward", work, () => handedOver(begunAs(input.id)));
    }
    for (const { worldId, messageId } of turn.settle) {
      const id = settledId(messageId);
      const { inputs } = this.#parts.ctx;
      const work = (): Promise<void> => inputs.append(worldId, { type: "settled", id, messageId });
      this.#inLane(worldId, "settled", work, () => handedOver(messageId));
    }
  }

  /** Messages that nobody has confirmed. `absent` are commands of those who go, which come after them. */
  resend(state: WorldState, absent: readonly Absent[] = []): void {
    const nowMs = this.#parts.ctx.clock.monotonicMs();
    for (const id of this.#sentAtMs.keys()) if (!state.outbound.has(id)) this.#sentAtMs.delete(id);
    for (const [id, message] of state.outbound) {
      if (nowMs - (this.#sentAtMs.get(id) ?? -Infinity) < resendMs) continue;
      this.#sentAtMs.set(id, Infinity);
      this.#sendOutbound(message, state, absent, () => {
        if (this.#sentAtMs.has(id)) this.#sentAtMs.set(id, this.#parts.ctx.clock.monotonicMs());
      });
    }
  }

  /** Its player is about to be somebody or somewhere else. */
  isLeaving(id: CharacterId): boolean {
    return this.#leaving.has(id);
  }

  /** Waits for what is under way, and begins nothing more. */
  async drain(): Promise<void> {
    const { clock } = this.#parts.ctx;
    const drained = new AbortController();
    const all = Promise.all(this.#lanes.values()).then(() => drained.abort());
    await Promise.race([all, clock.sleep(drainMsMax, drained.signal)]);
    this.stop();
  }

  /** Whatever fails from now on is not tried again. */
  stop(): void {
    this.#stopping.abort();
  }

  #sendOutbound({ toWorldId, input }: Outbound, state: WorldState, absent: readonly Absent[], sent: () => void): void {
    if (input.type !== "arrive") {
      this.#inLane(toWorldId, "outbound", () => this.#parts.ctx.inputs.append(toWorldId, input), sent);
      return;
    }
    const work = sendTraveller(this.#parts, { toWorldId, input, state, absent });
    this.#handOver(input.traveller.characterId, "traveller", work, sent);
  }

  #handOver(id: CharacterId, what: string, work: () => Promise<void>, done: () => void): void {
    this.#leaving.add(id);
    this.#inLane(id, what, work, () => {
      this.#leaving.delete(id);
      done();
    });
  }

  #inLane(lane: CharacterId | WorldId, what: string, work: () => Promise<void>, done: () => void = () => {}): void {
    const before = this.#lanes.get(lane) ?? Promise.resolve();
    const mine = before
      .then(() => this.#untilDone(what, work, done))
      .finally(() => {
        if (this.#lanes.get(lane) === mine) this.#lanes.delete(lane);
      });
    this.#lanes.set(lane, mine);
  }

  async #untilDone(what: string, work: () => Promise<void>, done: () => void): Promise<void> {
    const { ctx, place } = this.#parts;
    const { signal } = this.#stopping;
    for (let delayMs = retryMinMs; !signal.aborted; delayMs = Math.min(retryMaxMs, delayMs * 2)) {
      try {
        await work();
        return done();
      } catch (error) {
        // A bug of ours may be gone with the next try as well, and must not lose what nobody else knows.
        const level = error instanceof AppError ? "warn" : "error";
        ctx.log[level]({ error, worldId: place.id, what, delayMs }, "a message between worlds is delayed");
      }
      await ctx.clock.sleep(delayMs, signal);
    }
  }
}
