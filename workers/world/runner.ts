import { lastLines } from "#core/command/repeat.ts";
import { AppError } from "#core/lib/errors.ts";
import { type CharacterId, type InputId, lobbyWorldId } from "#core/lib/ids.ts";
import type { Delivery } from "#core/ports/input-streams.ts";
import type { WeatherGrid } from "#core/protocol/world-weather.ts";
import type { InputOf, WorldInput } from "#core/protocol/world-input.ts";
import { advance, type BeginWeather, type Greet, type Stretch, type Turn } from "#core/world/advance.ts";
import { catchUpRealMsMax } from "#core/world/catch-up.ts";
import { gameTimeMs, tickNumber, ticksPerSecondDefault, untilNextTickMs, tickBeginsAtMs } from "#core/world/clock.ts";
import type { NpcAnswer } from "#core/world/decide/talk.ts";
import type { LiveWorld } from "#core/world/evolve.ts";
import { createHerald } from "#core/world/herald.ts";
import { createWeatherHerald } from "#core/world/weather/weather-herald.ts";
import { isWake } from "#core/world/input-id.ts";
import { lookAs } from "#core/world/look-as.ts";
import type { Place, Scene } from "#core/world/scene.ts";
import type { Position } from "#core/world/space.ts";
import { toSnapshot, toStored } from "#core/world/stored.ts";
import { createStretcher } from "#core/world/stretch.ts";
import { acknowledge } from "./acknowledge.ts";
import type { Act } from "./acts.ts";
import { type Care, Carer, type Ending, ordinaryCare } from "./care.ts";
import type { WorldContext } from "./context.ts";
import { createAirView } from "./air-view.ts";
import { createEvictor } from "./evict.ts";
import { gatherFacts } from "./gather-facts.ts";
import { createInbox, type Inbox } from "./inbox.ts";
import { loadWorld } from "./load-world.ts";
import { Messenger } from "./messenger.ts";
import { PlaceProse } from "./place-prose.ts";
import { Sockets } from "./sockets.ts";
import { Teller } from "./teller.ts";
import { publishTick } from "./tick.ts";
import { Voices } from "./voices.ts";
import { tracedTurn } from "./traced-turn.ts";
import { createWake, type Wake } from "./wake.ts";
import { WorldPlacements } from "./placements.ts";
import { WorldWeather } from "./weather.ts";
import { worldTime } from "./world-time.ts";

/** A world in which nothing is due, or whose time stands still, looks up this often all the same. */
const idleMs = 1000;
/** Whoever is here is looked at this often: is it dusk yet? */
const heraldMs = 1000;
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
  /** The air over all of it, lately; null while nobody is here to see any. */
  weather(): WeatherGrid | null;
  /** Does what somebody waits for: resolves once it is committed. */
  act(input: WorldInput): Promise<Act>;
  /** Resolves after `stop`, and when nobody needs the world any more; rejects when it cannot go on: another owner, a lost database, a bug. */
  readonly ended: Promise<Ending>;
  /** Finishes the turn, saves a snapshot, and leaves to the next owner what was not applied. */
  stop(): Promise<void>;
};

/** Runs one world: reads it from its log, and from then on is the only one who writes it, turn by turn. */
export async function runWorld(
  ctx: WorldContext,
  place: Place,
  ownership: Ownership,
  care: Care = ordinaryCare(),
): Promise<Runner> {
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
  const carer = new Carer(ctx, place, care);
  const { guard } = care;
  const weather = new WorldWeather({ ctx, place, fence: ownership.fence });
  const voices = new Voices(ctx, () => wake.ring());
  const prose = new PlaceProse(ctx, place);
  const placements = new WorldPlacements({ ctx, place, fence: ownership.fence });
  const parts = {
    ctx,
    place,
    ownership,
    world,
    wake,
    inbox,
    teller,
    sockets,
    messenger,
    carer,
    guard,
    weather,
    voices,
    prose,
    placements,
  };
  const run = new WorldRun(parts);
  carer.tellRegistry(world.state);

  await sockets.reconcile(ownership.fence);
  const consumer = ctx.inputs.consume(place.id, (delivery) => {
    inbox.push(delivery, ctx.clock.monotonicMs());
    wake.ring();
  });
  const ended = (async () => {
    await using _consuming = { [Symbol.asyncDispose]: () => consumer.stop() };
    await using _sending = { [Symbol.asyncDispose]: async () => messenger.stop() };
    await using _weather = { [Symbol.asyncDispose]: () => weather.close() };
    using _speaking = voices;
    using _describing = prose;
    await using _placements = { [Symbol.asyncDispose]: () => placements.close(world.state) };
    using _answering = { [Symbol.dispose]: () => carer.acts.giveUp() };
    return await run.loop();
  })();
  return {
    look: (id) => run.look(id),
    weather: () => run.airNow(),
    act: (input) => carer.acts.perform(input),
    ended,
    async stop() {
      run.stop();
      await ended.catch(() => undefined);
    },
  };
}

type Wish = Greet | Stretch | BeginWeather | NpcAnswer;

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
  readonly carer: Carer;
  readonly guard: Care["guard"];
  readonly weather: WorldWeather;
  readonly voices: Voices;
  readonly prose: PlaceProse;
  readonly placements: WorldPlacements;
};

class WorldRun {
  readonly #parts: Parts;
  #isStopping = false;
  readonly #nowMs: () => number;
  readonly #stretcher: ReturnType<typeof createStretcher>;
  readonly #evict = createEvictor();
  readonly #lastLines = lastLines();
  #herald = createHerald();
  #weatherHerald = createWeatherHerald();
  /** Number of the last tick that was begun. A late one is not repeated: the clock is derived, and knows how much time has passed. */
  #lastTick = 0;
  /** By the monotonic clock. */
  #nextIdleMs = 0;
  #nextHeraldMs = 0;
  #wishedStretch: number | null = null;
  #snapshotVersion: number;
  readonly #air = createAirView();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#nowMs = worldTime(parts.ctx.clock, parts.world.state.atMs);
    this.#stretcher = createStretcher(parts.place.spec.ticksPerSecond ?? ticksPerSecondDefault);
    this.#snapshotVersion = parts.world.state.version;
  }

  stop(): void {
    this.#isStopping = true;
    this.#parts.wake.ring();
  }

  async loop(): Promise<Ending> {
    const { ctx, wake, ownership, inbox, sockets, messenger, carer, world, teller, weather, voices } = this.#parts;
    while (!this.#isStopping && world.state.ending !== "deleted" && !this.#isUnneeded()) {
      await wake.wait(this.#untilDueMs());
      assertOwned(ownership);
      for (const input of this.#evict(world.state, (id) => teller.routeOf(id), ctx.clock.monotonicMs()))
        inbox.push({ input, ack() {} }, ctx.clock.monotonicMs());
      const isTick = this.#isTickDue();
      const deliveries = inbox.take(ctx.clock.monotonicMs());
      const begins = weather.takeWishes(world.state, this.#nowMs());
      const wishes = [...sockets.takeGreetings(), ...this.#takeStretch(), ...begins, ...voices.takeAnswers()];
      if (deliveries.length + wishes.length > 0 || isTick)
        await carer.turns(deliveries, (some, isFirst) =>
          tracedTurn(ctx.tracing, some, () => this.#turn(some, isFirst ? wishes : [])),
        );
      if (isTick) await this.#tick();
    }
    await messenger.drain();
    await this.#saveSnapshot();
    if (world.state.ending === "deleted") await carer.retire(world.state);
    if (world.state.ending === "deleted") return "deleted";
    return this.#isStopping ? "stopped" : "asleep";
  }

  async look(id: CharacterId): Promise<string> {
    const { ctx, world, carer } = this.#parts;
    carer.needed();
    const record = world.state.bodies.has(id) ? null : await ctx.characters.get(id);
    const text = lookAs(this.#sceneNow(), id, record);
    if (text === null) throw new AppError("NOT_FOUND", "This character is not in this world.");
    return text;
  }

  airNow(): WeatherGrid | null {
    return this.#air(this.#parts.ctx.clock.monotonicMs(), () => this.#sceneNow());
  }

  #sceneNow(): Scene {
    const { place, world, weather } = this.#parts;
    const nowMs = this.#nowMs();
    const sky = weather.sky(world.state, nowMs);
    const gameMs = gameTimeMs(world.state.clock, nowMs);
    return { place, state: world.state, nowMs, gameMs, ...(sky !== undefined && { weather: sky }) };
  }

  async #turn(deliveries: readonly Delivery[], wishes: readonly Wish[]): Promise<void> {
    const { ctx, place, world, sockets, teller, messenger, carer, guard, weather, voices, prose, placements } =
      this.#parts;
    await sockets.openArrivals(deliveries);
    const outOfDate = await this.#outOfDate(deliveries);
    const followed = deliveries.filter((delivery) => !outOfDate.has(delivery) && sockets.follow(delivery));
    const current = followed.map(
      (delivery) => carer.rejectionOf(delivery) ?? this.#lastLines.spelledOut(delivery.input),
    );
    const outlook = (position: Position) => weather.outlook(world.state, position, this.#nowMs());
    const isStatueHearing = messenger.isStatueHearing.bind(messenger);
    const known = { outlook, canThink: voices.canThink, prose: prose.known, isStatueHearing };
    const inputs = await gatherFacts(ctx, { place, state: world.state, ...known }, [...current, ...wishes]);
    const expectedVersion = world.state.version;
    const startedMs = ctx.clock.monotonicMs();
    const nowMs = this.#nowMs();
    const isSpent = spentAfter(ctx.clock, catchUpRealMsMax);
    // The sky is asked for in the very call that plays the turn: it is good until control is given back.
    const play = () => advance(world, place, inputs, nowMs, isSpent, weather.sky(world.state, nowMs));
    const turn = await guard(play, carer.turnMsMax(world));
    await this.#commit(turn, expectedVersion);
    weather.follow(world.state);
    voices.follow(world.state, () => this.#sceneNow());
    prose.ask(turn.glances);
    placements.follow(world.state);
    ctx.metrics.observe("world_turn_seconds", {}, (ctx.clock.monotonicMs() - startedMs) / 1000);
    ctx.metrics.count("world_inputs_total", {}, deliveries.length);
    ctx.metrics.count("world_events_total", {}, turn.events.length);
    const handedOver = acknowledge(deliveries, turn);
    carer.committed(deliveries, turn, world.state);
    teller.tell(turn.tellings);
    this.#afterwards(turn);
    for (const { input } of followed) if (input.type === "connected") sockets.bindAnew(input);
    messenger.send(turn, world.state, handedOver);
    if (world.state.version - this.#snapshotVersion >= eventsPerSnapshot) await this.#saveSnapshot();
  }

  async #outOfDate(deliveries: readonly Delivery[]): Promise<ReadonlySet<Delivery>> {
    const found = deliveries.map(async (delivery) => {
      const { input } = delivery;
      if (input.type !== "connected") return [];
      const isOver = isWake(input.id) ? this.#isWakingInVain(input) : this.#parts.sockets.isOutOfDate(input);
      return (await isOver) ? [delivery] : [];
    });
    return new Set((await Promise.all(found)).flat());
  }

  /** Several commands may call for the same waking: by the time of the second one the player is awake, or even gone again. */
  async #isWakingInVain({ connectionId, characterId }: InputOf<"connected">): Promise<boolean> {
    const { ctx, place, messenger, teller, world } = this.#parts;
    const isAwake = world.state.bodies.has(characterId) && teller.routeOf(characterId)?.connectionId === connectionId;
    const connection = await ctx.connections.get(connectionId);
    const isBound = connection?.worldId === place.id && connection.characterId === characterId;
    return isAwake || !isBound || messenger.isLeaving(characterId);
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
    const { ctx, place, teller, world } = this.#parts;
    const isBack = (id: CharacterId): boolean => world.state.bodies.has(id);
    for (const { event } of turn.events) {
      tellOperators(ctx, place, event);
      // Who quits has said so by his socket, which is seen to; it may even be a new one by now.
      if (event.type === "left" && event.reason === "lost" && !isBack(event.characterId))
        void teller.close(event.characterId);
      if ((event.type !== "entered" && event.type !== "arrived") || place.id === lobbyWorldId) continue;
      // `last_world_id` is a convenience of the account, not a fact of the world: it may lag.
      ctx.characters
        .recordJoin(event.body.id, this.#nowMs())
        .catch((error: unknown) => ctx.log.warn({ error, characterId: event.body.id }, "a visit was not recorded"));
    }
  }

  async #tick(): Promise<void> {
    const { ctx, place, world, ownership, messenger, teller, weather } = this.#parts;
    const { clock } = world.state;
    const nowMs = this.#nowMs();
    const monotonicMs = ctx.clock.monotonicMs();
    publishTick(ctx, place, world.state, { ms: nowMs, fence: ownership.fence });
    messenger.resend(world.state);
    if (clock.isPaused) this.#stretcher.reset();
    else this.#wishedStretch = this.#stretcher.tick(monotonicMs, clock.stretch) ?? this.#wishedStretch;
    if (monotonicMs < this.#nextHeraldMs) return;
    this.#nextHeraldMs = monotonicMs + heraldMs;
    const scene = this.#sceneNow();
    teller.tell([...this.#herald.tellingsOf(scene), ...this.#weatherHerald.tellingsOf(scene)]);
    weather.keep();
  }

  /** Whoever cannot keep up, or can again, says so to his own world. One that falls asleep has nothing to keep up with. */
  #takeStretch(): Stretch[] {
    const { ctx, world } = this.#parts;
    const { stretch: kept, isPaused } = world.state.clock;
    const stretch = this.#isAsleep() ? 1 : this.#wishedStretch;
    this.#wishedStretch = null;
    if (stretch === null || stretch === kept || isPaused) return [];
    ctx.metrics.count("world_stretches_total", { to: stretch < kept ? "less" : "more" });
    return [{ type: "stretch", id: ctx.entropy.uuid() as InputId, stretch }];
  }

  async #saveSnapshot(): Promise<void> {
    const { ctx, place, world } = this.#parts;
    if (world.state.version === this.#snapshotVersion) return;
    const snapshot = toSnapshot(world.state);
    await ctx.worldLog.saveSnapshot(place.id, snapshot);
    this.#snapshotVersion = snapshot.version;
  }

  #untilDueMs(): number {
    const { inbox, sockets } = this.#parts;
    if (!inbox.isEmpty) return 0;
    const untilTickMs = this.#untilTickMs();
    return inbox.isHolding || sockets.isWaiting ? Math.min(waitingMs, untilTickMs) : untilTickMs;
  }

  #untilTickMs(): number {
    const { ctx, world } = this.#parts;
    if (this.#isAsleep()) return idleMs;
    if (world.state.clock.isPaused) return Math.max(0, this.#nextIdleMs - ctx.clock.monotonicMs());
    const nowMs = this.#nowMs();
    return tickNumber(world.state.clock, nowMs) > this.#lastTick ? 0 : untilNextTickMs(world.state.clock, nowMs);
  }

  #isTickDue(): boolean {
    const { ctx, world } = this.#parts;
    if (this.#isAsleep()) {
      this.#stretcher.reset();
      this.#herald = createHerald();
      this.#weatherHerald = createWeatherHerald();
      return false;
    }
    if (this.#untilTickMs() > 0) return false;
    const { clock } = world.state;
    const nowMs = this.#nowMs();
    const tick = tickNumber(clock, nowMs);
    const dueMs = tickBeginsAtMs(clock, Math.min(tick, Math.max(this.#lastTick + 1, clock.sinceTick)));
    if (!clock.isPaused && this.#lastTick > 0) {
      ctx.metrics.observe("world_tick_late_seconds", {}, Math.max(0, nowMs - dueMs) / 1000);
    }
    this.#lastTick = tick;
    this.#nextIdleMs = ctx.clock.monotonicMs() + idleMs;
    return true;
  }

  /** Asleep for so long that nobody need run it, with nothing begun. */
  #isUnneeded(): boolean {
    const { inbox, sockets, messenger, carer } = this.#parts;
    if (!this.#isAsleep()) carer.needed();
    const isQuiet = inbox.isEmpty && !inbox.isHolding && !sockets.isWaiting && messenger.isIdle;
    return isQuiet && !carer.acts.isWaiting && carer.isUnneeded();
  }

  /** Nobody is here, and nothing waits to be told to another world: time passes without being counted. */
  #isAsleep(): boolean {
    const { bodies, outbound } = this.#parts.world.state;
    return bodies.size === 0 && outbound.size === 0;
  }
}

function spentAfter(clock: WorldContext["clock"], ms: number): () => boolean {
  const untilMs = clock.monotonicMs() + ms;
  return () => clock.monotonicMs() >= untilMs;
}

/** What became of a world's time. */
function tellOperators(
  { log, metrics }: Pick<WorldContext, "log" | "metrics">,
  { id: worldId }: Place,
  event: Turn["events"][number]["event"],
): void {
  switch (event.type) {
    case "caughtUp": {
      const { fromMs, toMs, steps, skippedMs } = event;
      metrics.count("world_catch_ups_total", {});
      return log.info({ worldId, fromMs, toMs, steps, skippedMs }, "the world has caught up");
    }
    case "timeStretched":
      return log.warn({ worldId, stretch: event.clock.stretch }, "the world's time keeps this share of its pace");
    case "paused":
    case "resumed":
    case "dilationChanged":
    case "simulated":
    case "reset": {
      const { isPaused, dilation } = event.clock;
      return log.info(
        { worldId, type: event.type, isPaused, dilation, userId: event.by.userId },
        "the world's clock was changed",
      );
    }
    default:
  }
}

function assertOwned(ownership: Ownership): void {
  if (!ownership.isValid()) throw new AppError("UNAVAILABLE", "The lease on this world could have run out.");
}
