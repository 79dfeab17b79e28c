import type { OpenAir, StoredWeather } from "#core/ports/weather.ts";
import type { InputId } from "#core/lib/ids.ts";
import type { BeginWeather } from "#core/world/advance.ts";
import { gameTimeMs } from "#core/world/clock.ts";
import type { WorldState } from "#core/world/model.ts";
import type { Place } from "#core/world/scene.ts";
import type { Position } from "#core/world/space.ts";
import { snapshotVersion, stateVersion } from "#core/sim/weather/state.ts";
import { airStepS, hasWeather } from "#core/world/weather/air.ts";
import { airLandOf } from "#core/world/weather/air-land.ts";
import type { AirOrder } from "#core/world/weather/air-run.ts";
import { catchUpS, isWhole, pushesBefore, recomputeS, type WeatherHistory } from "#core/world/weather/history.ts";
import { type Outlook, outlookTimesS } from "#core/world/weather/outlook.ts";
import { flatPlace, type SkyOver, skyOver } from "#core/world/weather/sky-over.ts";
import type { WorldContext } from "./context.ts";

/** Real time. What is lost with the process is computed again. */
const saveEveryMs = 600_000;
/** An air that was lost, or could not be opened, is tried again after this. */
const againMs = 5_000;
const lastSaveMsMax = 2_000;
/** A turn waits this long for an outlook. What comes later is there for who asks again. */
const outlookMsMax = 250;

type Ctx = Pick<WorldContext, "clock" | "entropy" | "log" | "metrics" | "weathers" | "weatherStates">;
type Parts = { readonly ctx: Ctx; readonly place: Place; readonly fence: number };

/** The weather of a world that runs here: opened when somebody is there to see it, held to what the world's log says of it. */
export class WorldWeather {
  readonly #parts: Parts;
  readonly #stepS: number;
  #air: OpenAir | null = null;
  /** What the open air was told of. */
  #history: WeatherHistory | null = null;
  /** What the world's log says, as far as is known here. */
  #latest: WeatherHistory | undefined;
  #isOpening = false;
  #isClosed = false;
  /** The newest step that was looked at. */
  #seenStep: number | null = null;
  #beginWhy: "new" | "slept" | "lost" | null = null;
  /** The last that was asked for. */
  #outlook: { readonly key: string; isUnderWay: boolean; readonly told: Promise<Outlook | null> } | null = null;
  /** By the monotonic clock. */
  #tryAgainMs = 0;
  #saveDueMs: number;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#stepS = hasWeather(parts.place.spec) ? airStepS(parts.place.spec) : 0;
    this.#saveDueMs = parts.ctx.clock.monotonicMs() + saveEveryMs;
  }

  /** How it is now; undefined while nobody knows. Good until control is given back. */
  sky(state: WorldState, nowMs: number): SkyOver | undefined {
    const timeS = gameTimeMs(state.clock, nowMs) / 1000;
    if (this.#stepS === 0 || this.#isClosed || state.bodies.size === 0) return undefined;
    if (!this.#isUsable(state.weather, timeS)) return undefined;
    const view = this.#air?.at(timeS) ?? null;
    this.#seenStep = Math.floor(timeS / this.#stepS);
    return view === null ? undefined : skyOver(this.#parts.place, view, timeS);
  }

  /** What the world is to record before there can be weather. */
  takeWishes(state: WorldState, nowMs: number): BeginWeather[] {
    if (this.#beginWhy === null || state.clock.isPaused) return [];
    const { metrics, entropy, log } = this.#parts.ctx;
    const why = this.#beginWhy;
    this.#beginWhy = null;
    metrics.count("weather_begun_total", { why });
    log.info({ worldId: this.#parts.place.id, why }, "the weather begins anew");
    const originStep = Math.floor(gameTimeMs(state.clock, nowMs) / 1000 / this.#stepS);
    return [{ type: "beginWeather", id: entropy.uuid() as InputId, originStep }];
  }

  /** After a commit: what is new in the log goes into the air. */
  follow({ weather }: WorldState): void {
    if (weather === undefined || weather === this.#latest) return;
    this.#latest = weather;
    // What was wished before the turn has come with it.
    this.#beginWhy = null;
    if (this.#history === null) return;
    if (weather.originStep !== this.#history.originStep) return this.#letGo();
    const news = weather.pushCount - this.#history.pushCount;
    if (news > weather.pushes.length) return this.#letGo();
    this.#history = weather;
    if (news > 0) this.#air?.push(weather.pushes.slice(-news));
  }

  /** null where nobody could tell in time. */
  async outlook(state: WorldState, position: Position, nowMs: number): Promise<Outlook | null> {
    const air = this.#air;
    if (this.sky(state, nowMs) === undefined || air === null) return null;
    const key = [this.#seenStep, Math.round(position.x / 1000), Math.round(position.y / 1000)].join(" ");
    if (this.#outlook?.key !== key) {
      // One at a time: the thread has the air of other worlds to step as well.
      if (this.#outlook?.isUnderWay === true) return null;
      const told = this.#foretell(air, position, gameTimeMs(state.clock, nowMs) / 1000);
      const outlook = { key, isUnderWay: true, told };
      void told.then(() => (outlook.isUnderWay = false));
      this.#outlook = outlook;
    }
    return (await this.#within(outlookMsMax, this.#outlook.told)) ?? null;
  }

  async #foretell(air: OpenAir, position: Position, nowS: number): Promise<Outlook | null> {
    const { place } = this.#parts;
    const inS = outlookTimesS(place.spec);
    const timesS = inS.map((seconds) => nowS + seconds);
    try {
      const seen = await air.forecast(flatPlace(place, position), timesS);
      return seen.map((observation, i) => ({ inS: inS[i]!, observation }));
    } catch {
      return null;
    }
  }

  /** Saves now and then. Nobody waits for it. */
  keep(): void {
    const { clock } = this.#parts.ctx;
    if (this.#air === null || clock.monotonicMs() < this.#saveDueMs) return;
    this.#saveDueMs = clock.monotonicMs() + saveEveryMs;
    void this.#save();
  }

  /** Leaves to the next owner what he goes on from. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#air === null) return;
    await this.#within(lastSaveMsMax, this.#save());
    this.#letGo();
  }

  /** What comes in time; undefined for what does not. */
  async #within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
    const over = new AbortController();
    const tooLate = this.#parts.ctx.clock.sleep(ms, over.signal).then(() => undefined);
    try {
      return await Promise.race([work, tooLate]);
    } finally {
      over.abort();
    }
  }

  #letGo(): void {
    this.#air?.close();
    this.#air = null;
    this.#history = null;
    this.#seenStep = null;
    this.#outlook = null;
  }

  /** Whether the air is open and of the right time. If not, whatever is missing is begun. */
  #isUsable(history: WeatherHistory | undefined, timeS: number): boolean {
    const step = Math.floor(timeS / this.#stepS);
    this.#latest = history;
    if (history === undefined) {
      // The world was taken back to its first morning: what was saved of its weather is of another time.
      if (this.#air !== null) {
        this.#letGo();
        this.#saveDueMs = this.#parts.ctx.clock.monotonicMs();
      }
      this.#beginWhy = "new";
      return false;
    }
    if (this.#air?.isLost === true) {
      this.#letGo();
      this.#tryAgainMs = this.#parts.ctx.clock.monotonicMs() + againMs;
    }
    if (this.#air !== null && this.#seenStep !== null && (step - this.#seenStep) * this.#stepS > catchUpS) {
      this.#letGo();
      this.#beginWhy = "slept";
      return false;
    }
    if (this.#air !== null) return true;
    this.#open(history, step);
    return false;
  }

  #open(history: WeatherHistory, step: number): void {
    const { ctx, place } = this.#parts;
    if (this.#isOpening || ctx.clock.monotonicMs() < this.#tryAgainMs) return;
    this.#isOpening = true;
    ctx.weatherStates
      .latest(place.id)
      .then((stored) => this.#openFrom(history, stored, step))
      .catch((error: unknown) => {
        this.#tryAgainMs = ctx.clock.monotonicMs() + againMs;
        ctx.log.warn({ error, worldId: place.id }, "the weather of a world could not be opened");
      })
      .finally(() => {
        this.#isOpening = false;
      });
  }

  #openFrom(history: WeatherHistory, stored: StoredWeather | null, step: number): void {
    const { ctx, place } = this.#parts;
    // While it was looked up the world may have begun another weather, or pushed this one.
    if (this.#isClosed || history !== this.#latest) return;
    const order = this.#orderOf(history, stored, step);
    if (order === null) return;
    const { planet } = place.terrain;
    this.#air = ctx.weathers.open({
      spec: place.spec,
      ...(planet !== undefined && { land: airLandOf(planet) }),
      ...order,
    });
    this.#history = history;
    ctx.metrics.count("weather_opened_total", { from: order.start.kind === "saved" ? "saved" : "beginning" });
  }

  /** From what was saved if it is of this very past and not too old, else from the beginning; null where it is to begin anew. */
  #orderOf(history: WeatherHistory, stored: StoredWeather | null, step: number): Omit<AirOrder, "spec"> | null {
    const behindS = (from: number): number => (step - from) * this.#stepS;
    const isOfThis =
      stored !== null &&
      stored.originStep === history.originStep &&
      snapshotVersion(stored.state) === stateVersion &&
      stored.pushCount === pushesBefore(history, stored.step) &&
      stored.step <= step;
    if (isOfThis && behindS(stored.step) <= catchUpS) {
      const pushes = history.pushes.filter((push) => push.step >= stored.step);
      return { start: { kind: "saved", state: stored.state }, pushes };
    }
    if (!isOfThis && isWhole(history) && behindS(history.originStep) <= recomputeS)
      return { start: { kind: "rest", originStep: history.originStep }, pushes: history.pushes };
    this.#beginWhy = isOfThis ? "slept" : "lost";
    return null;
  }

  async #save(): Promise<void> {
    const { ctx, place, fence } = this.#parts;
    const [air, history] = [this.#air, this.#history];
    if (air === null || history === null || this.#seenStep === null) return;
    try {
      const { step, state } = await air.save();
      const pushCount = pushesBefore(this.#history ?? history, step);
      const { originStep } = history;
      if (pushCount !== null) await ctx.weatherStates.save(place.id, fence, { step, state, originStep, pushCount });
    } catch (error) {
      ctx.log.warn({ error, worldId: place.id }, "the weather of a world was not saved");
    }
  }
}
