import { AppError } from "#core/lib/errors.ts";
import type { CharacterId, InputId, UserId, WorldId } from "#core/lib/ids.ts";
import type { WorldInput } from "#core/protocol/world-input.ts";
import type { Turn } from "#core/world/advance.ts";
import { begunAs, settledId } from "#core/world/input-id.ts";
import type { Outbound, WorldState } from "#core/world/model.ts";
import type { Place } from "#core/world/scene.ts";
import type { WorldContext } from "./context.ts";
import { bear } from "./births.ts";
import { forward, guideSocket } from "./forward.ts";
import type { Inbox } from "./inbox.ts";
import { atMost, sendTraveller, switchCharacter } from "./send-players.ts";
import { StatueLanes } from "./statue-lanes.ts";
import type { Teller } from "./teller.ts";

export type MessengerParts = {
  readonly ctx: Pick<
    WorldContext,
    "clock" | "entropy" | "log" | "inputs" | "connections" | "characters" | "worlds" | "clients" | "interviewVerbs"
  >;
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
/** … and this long for what it has told: a socket that does not drain must not hold up its next owner. */
const lastWordsMsMax = 100;

/** What was typed and not done here: the next world waits for it. */
function notDoneHere(turn: Turn | undefined): WorldInput[] {
  const sentOn = (turn?.events ?? []).flatMap(({ event }) =>
    event.type === "messageSent" ? [event.message.input] : [],
  );
  return [...(turn?.absent ?? []), ...sentOn];
}

/** Whoever goes comes before what he typed ahead, and that in its order. */
function rank({ input }: Outbound): number {
  return input.type === "command" ? input.number : -1;
}

/** The state by now, and the turn that has just been committed, if it is one. */
type Moment = { readonly state: WorldState; readonly turn: Turn | undefined };

/** Carries what one world says to others: travellers, words, and the players who go on as another character. */
export class Messenger {
  readonly #parts: MessengerParts;
  readonly #sentAtMs = new Map<InputId, number>();
  /** What is under way: one after another for each player, and the world waits for nobody's socket or stream. */
  readonly #lanes = new Map<CharacterId | WorldId, Promise<void>>();
  /** Those whose players are on their way elsewhere. */
  readonly #leaving = new Set<CharacterId>();
  readonly #stopping = new AbortController();

  readonly #statue: StatueLanes;

  constructor(parts: MessengerParts) {
    this.#parts = parts;
    this.#statue = new StatueLanes(parts, this.#stopping.signal);
  }

  /** What a committed turn has to say. `handedOver` names the inputs that may be forgotten here only now. */
  send(turn: Turn, state: WorldState, handedOver: (id: InputId) => void): void {
    for (const change of turn.switches) {
      const work = switchCharacter(this.#parts, change, notDoneHere(turn));
      this.#handOver(change.from, "switch", work, () => handedOver(change.inputId));
    }
    this.resend(state, turn);
    for (const input of turn.absent) {
      const work = forward(this.#parts, input);
      this.#inLane(input.characterId, "forward", work, () => handedOver(begunAs(input.id)));
    }
    for (const wish of turn.statue) this.#statue.hear(wish, handedOver);
    for (const wish of turn.births)
      this.#inLane(
        wish.characterId,
        "birth",
        () => bear(this.#parts, wish),
        () => handedOver(wish.inputId),
      );
    for (const { worldId, messageId } of turn.settle) {
      const id = settledId(messageId);
      const { inputs } = this.#parts.ctx;
      const work = (): Promise<void> => inputs.append(worldId, { type: "settled", id, messageId });
      this.#inLane(worldId, "settled", work, () => handedOver(messageId));
    }
  }

  /** Messages that nobody has confirmed. */
  resend(state: WorldState, turn?: Turn): void {
    const nowMs = this.#parts.ctx.clock.monotonicMs();
    for (const id of this.#sentAtMs.keys()) if (!state.outbound.has(id)) this.#sentAtMs.delete(id);
    for (const [id, message] of [...state.outbound].toSorted(([, a], [, b]) => rank(a) - rank(b))) {
      if (nowMs - (this.#sentAtMs.get(id) ?? -Infinity) < resendMs) continue;
      this.#sentAtMs.set(id, Infinity);
      this.#sendOutbound(message, { state, turn }, () => {
        if (this.#sentAtMs.has(id)) this.#sentAtMs.set(id, this.#parts.ctx.clock.monotonicMs());
      });
    }
  }

  /** Its player is about to be somebody or somewhere else. */
  isLeaving(id: CharacterId): boolean {
    return this.#leaving.has(id);
  }

  isStatueHearing(userId: UserId): boolean {
    return this.#statue.isHearing(userId);
  }

  get isIdle(): boolean {
    return this.#lanes.size === 0;
  }

  /** Waits for what is under way, and begins nothing more. */
  async drain(): Promise<void> {
    const { clock } = this.#parts.ctx;
    await Promise.all([
      atMost(clock, Promise.all([...this.#lanes.values(), this.#statue.idle()]), drainMsMax),
      atMost(clock, this.#parts.teller.drained(), lastWordsMsMax),
    ]);
    this.stop();
  }

  /** Whatever fails from now on is not tried again. */
  stop(): void {
    this.#stopping.abort();
  }

  #sendOutbound({ toWorldId, input }: Outbound, { state, turn }: Moment, sent: () => void): void {
    const append = (): Promise<void> => this.#parts.ctx.inputs.append(toWorldId, input);
    if (input.type === "arrive") {
      const work = sendTraveller(this.#parts, { toWorldId, input, state, absent: notDoneHere(turn) });
      this.#handOver(input.traveller.characterId, "traveller", work, sent);
    } else if (input.type === "command") {
      // After whoever typed it, and before what he types next.
      const lane = turn?.switches.find(({ to }) => to.characterId === input.characterId)?.from ?? input.characterId;
      const work = async () => {
        await guideSocket(this.#parts, input, state);
        await append();
      };
      this.#inLane(lane, "command", work, sent);
    } else {
      this.#inLane(toWorldId, "outbound", append, sent);
    }
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
