import { AppError } from "#core/lib/errors.ts";
import { type CharacterId, type InputId, lobbyWorldId } from "#core/lib/ids.ts";
import type { Delivery } from "#core/ports.ts";
import { advance, type Greet, type Turn } from "#core/world/advance.ts";
import { ticksPerSecond } from "#core/world/clock.ts";
import type { LiveWorld } from "#core/world/evolve.ts";
import { begunAs, identityOf, isWake } from "#core/world/input-id.ts";
import { lookAs } from "#core/world/look-as.ts";
import type { Place } from "#core/world/scene.ts";
import { toSnapshot, toStored } from "#core/world/stored.ts";
import type { WorldContext } from "./context.ts";
import { gatherFacts } from "./gather-facts.ts";
import { createInbox, type Inbox } from "./inbox.ts";
import { loadWorld } from "./load-world.ts";
import { Messenger } from "./messenger.ts";
import { Sockets } from "./sockets.ts";
import { Teller } from "./teller.ts";
import { publishTick } from "./tick.ts";
import { createWake, type Wake } from "./wake.ts";

const tickMs = 1000 / ticksPerSecond;
/** A world in which nothing is due looks up this often all the same. */
const idleMs = 1000;
/** Commands that came too early, and clients that may resume, are looked at this often. */
const waitingMs = 10;
const eventsPerSnapshot = 1000;

export type Ownership = {
  readonly fence: number;
  /** By this process' own monotonic clock: false before the lease could have run out. */
  isValid(): boolean;
};

export type Runner = {
  /** What the place looks like to this character, who need not be there yet. */
  look(id: CharacterId): Promise<string>;
  /** Resolves after `stop`; rejects when the world cannot go on: another owner, a lost database, a bug. */
  readonly ended: Promise<void>;
  /** Finishes the turn, saves a snapshot, and leaves to the next owner what was not applied. */
  stop(): Promise<void>;
};

/** Runs one world: reads it from its log, and from then on is the only one who writes it, turn by turn. */
export async function runWorld(ctx: WorldContext, place: Place, ownership: Ownership): Promise<Runner> {
  const world = await loadWorld(ctx, place.id);
  const wake = createWake(ctx.clock);
  const inbox = createInbox();
  const teller = new Teller(ctx, (route) => {
    sockets
      .lost(route)
      .then(wake.ring, (error: unknown) => ctx.log.warn({ error, ...route }, "a dead socket is still registered"));
  });
  const sockets = new Sockets({ ctx, place, world, teller, inbox });
  const messenger = new Messenger({ ctx, place, teller, inbox });
  const run = new WorldRun({ ctx, place, ownership, world, wake, inbox, teller, sockets, messenger });

  await sockets.reconcile(ownership.fence);
  const consumer = ctx.inputs.consume(place.id, (delivery) => {
    inbox.push(delivery, ctx.clock.monotonicMs());
    wake.ring();
  });
  const ended = (async () => {
    await using _consuming = { [Symbol.asyncDispose]: () => consumer.stop() };
    await using _sending = { [Symbol.asyncDispose]: async () => messenger.stop() };
    await run.loop();
  })();
  return {
    look: (id) => run.look(id),
    ended,
    async stop() {
      run.stop();
      await ended.catch(() => undefined);
    },
  };
}

type Parts = {
  readonly ctx: WorldContext;
  readonly place: Place;
  readonly ownership: Ownership;
  readonly world: LiveWorld;
  readonly wake: Wake;
  readonly inbox: Inbox;
  readonly teller: Teller;
  readonly sockets: Sockets;
  readonly messenger: Messenger;
};

class WorldRun {
  readonly #parts: Parts;
  #isStopping = false;
  /** The world's own time never goes back, whatever the wall clock does. */
  #lastNowMs = 0;
  #nextTickMs: number;
  #snapshotVersion: number;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#nextTickMs = parts.ctx.clock.monotonicMs();
    this.#snapshotVersion = parts.world.state.version;
  }

  stop(): void {
    this.#isStopping = true;
    this.#parts.wake.ring();
  }

  async loop(): Promise<void> {
    const { ctx, wake, ownership, inbox, sockets, messenger } = this.#parts;
    while (!this.#isStopping) {
      await wake.wait(this.#untilDueMs());
      assertOwned(ownership);
      const isTick = this.#isTickDue();
      const deliveries = inbox.take(ctx.clock.monotonicMs());
      const greetings = sockets.takeGreetings();
      if (deliveries.length + greetings.length > 0 || isTick) await this.#turn(deliveries, greetings);
      if (isTick) await this.#tick();
    }
    await messenger.drain();
    await this.#saveSnapshot();
  }

  async look(id: CharacterId): Promise<string> {
    const { ctx, place, world } = this.#parts;
    const record = world.state.bodies.has(id) ? null : await ctx.characters.get(id);
    const text = lookAs({ place, state: world.state, nowMs: this.#nowMs() }, id, record);
    if (text === null) throw new AppError("NOT_FOUND", "This character is not in this world.");
    return text;
  }

  async #turn(deliveries: readonly Delivery[], greetings: readonly Greet[]): Promise<void> {
    const { ctx, place, world, sockets, teller, messenger } = this.#parts;
    await sockets.openArrivals(deliveries);
    const inVain = await this.#wakingInVain(deliveries);
    const current = deliveries
      .filter((delivery) => !inVain.has(delivery) && sockets.follow(delivery))
      .map(({ input }) => input);
    const inputs = await gatherFacts(ctx, { place, state: world.state }, [...current, ...greetings]);
    const expectedVersion = world.state.version;
    const turn = advance(world, place, inputs, this.#nowMs());
    await this.#commit(turn, expectedVersion);
    const handedOver = acknowledge(deliveries, turn);
    teller.tell(turn.tellings);
    this.#afterwards(turn);
    messenger.send(turn, world.state, handedOver);
    if (world.state.version - this.#snapshotVersion >= eventsPerSnapshot) await this.#saveSnapshot();
  }

  /** Several commands may call for the same waking: by the time of the second one the player is awake, or even gone again. */
  async #wakingInVain(deliveries: readonly Delivery[]): Promise<ReadonlySet<Delivery>> {
    const { ctx, place, messenger, teller, world } = this.#parts;
    const inVain = new Set<Delivery>();
    for (const delivery of deliveries) {
      const { input } = delivery;
      if (input.type !== "connected" || !isWake(input.id)) continue;
      const { connectionId, characterId } = input;
      const isAwake = world.state.bodies.has(characterId) && teller.routeOf(characterId)?.connectionId === connectionId;
      const connection = await ctx.connections.get(connectionId);
      const isBound = connection?.worldId === place.id && connection.characterId === characterId;
      if (isAwake || !isBound || messenger.isLeaving(characterId)) inVain.add(delivery);
    }
    return inVain;
  }

  async #commit({ events, characters }: Turn, expectedVersion: number): Promise<void> {
    if (events.length === 0) return;
    const { ctx, place, ownership } = this.#parts;
    assertOwned(ownership);
    const result = await ctx.worldLog.commit({
      worldId: place.id,
      fence: ownership.fence,
      expectedVersion,
      events: events.map(toStored),
      characters,
    });
    if (result !== "committed") throw new AppError("UNAVAILABLE", `This world has another owner (${result}).`);
  }

  #afterwards(turn: Turn): void {
    const { ctx, place, teller } = this.#parts;
    for (const { event } of turn.events) {
      // Who quits has said so by his socket, which is seen to; it may even be a new one by now.
      if (event.type === "left" && event.reason === "lost") void teller.close(event.characterId);
      if ((event.type !== "entered" && event.type !== "arrived") || place.id === lobbyWorldId) continue;
      // `last_world_id` is a convenience of the account, not a fact of the world: it may lag.
      ctx.characters
        .recordJoin(event.body.id, this.#nowMs())
        .catch((error: unknown) => ctx.log.warn({ error, characterId: event.body.id }, "a visit was not recorded"));
    }
  }

  async #tick(): Promise<void> {
    const { ctx, place, world, ownership, messenger } = this.#parts;
    publishTick(ctx, place, world.state, { ms: this.#nowMs(), fence: ownership.fence });
    messenger.resend(world.state);
  }

  async #saveSnapshot(): Promise<void> {
    const { ctx, place, world } = this.#parts;
    if (world.state.version === this.#snapshotVersion) return;
    const snapshot = toSnapshot(world.state);
    await ctx.worldLog.saveSnapshot(place.id, snapshot);
    this.#snapshotVersion = snapshot.version;
  }

  #untilDueMs(): number {
    const { ctx, inbox, sockets } = this.#parts;
    if (!inbox.isEmpty) return 0;
    const untilTickMs = this.#isAsleep() ? idleMs : Math.max(0, this.#nextTickMs - ctx.clock.monotonicMs());
    return inbox.isHolding || sockets.isWaiting ? Math.min(waitingMs, untilTickMs) : untilTickMs;
  }

  #isTickDue(): boolean {
    const nowMs = this.#parts.ctx.clock.monotonicMs();
    if (this.#isAsleep() || nowMs < this.#nextTickMs) return false;
    // A late tick is not repeated: the clock is derived, and knows how much time has passed.
    this.#nextTickMs = Math.max(this.#nextTickMs + tickMs, nowMs);
    return true;
  }

  /** Nobody is here, and nothing waits to be told to another world: time passes without being counted. */
  #isAsleep(): boolean {
    const { bodies, outbound } = this.#parts.world.state;
    return bodies.size === 0 && outbound.size === 0;
  }

  #nowMs(): number {
    const { ctx, world } = this.#parts;
    return (this.#lastNowMs = Math.max(this.#lastNowMs, world.state.atMs, ctx.clock.nowMs()));
  }
}

function assertOwned(ownership: Ownership): void {
  if (!ownership.isValid()) throw new AppError("UNAVAILABLE", "The lease on this world could have run out.");
}

/** All but what is for another world: that is forgotten here once it is there. Answers with what says so. */
function acknowledge(deliveries: readonly Delivery[], turn: Turn): (id: InputId) => void {
  const name = (id: InputId): InputId => identityOf(begunAs(id));
  const later = new Set<InputId>([
    ...turn.absent.map(({ id }) => name(id)),
    ...turn.switches.map(({ inputId }) => name(inputId)),
    ...turn.settle.map(({ messageId }) => name(messageId)),
  ]);
  const waiting = Map.groupBy(deliveries, ({ input }) => name(input.id));
  for (const [id, same] of waiting) if (!later.has(id)) for (const delivery of same) delivery.ack();
  return (id) => {
    for (const delivery of waiting.get(name(id)) ?? []) delivery.ack();
  };
}
