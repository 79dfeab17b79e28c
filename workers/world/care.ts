import type { Delivery } from "#core/ports/input-streams.ts";
import type { Turn } from "#core/world/advance.ts";
import { catchUpRealMsMax, planCatchUp } from "#core/world/catch-up.ts";
import { gameTimeMs, paceOf } from "#core/world/clock.ts";
import type { Reject } from "#core/world/decide/life.ts";
import type { LiveWorld } from "#core/world/evolve.ts";
import type { WorldState } from "#core/world/model.ts";
import type { Place } from "#core/world/scene.ts";
import type { WorldLife } from "#core/world/spec.ts";
import { Acts } from "./acts.ts";
import type { WorldContext } from "./context.ts";
import { createGuard, type Guard, turnMsMax } from "./guard.ts";
import { Suspects } from "./suspects.ts";

/** How the fleet looks after a world that it runs. */
export type Care = {
  readonly guard: Guard;
  /** Outlives the run, so that the next one knows what the last one failed by. */
  readonly suspects: Suspects;
  /** Nobody has needed the world for so long: it goes to sleep. null: it never does. */
  readonly sleepAfterMs: number | null;
};

/** Why a run has ended in good order. */
export type Ending = "stopped" | "asleep" | "deleted";

export const ordinaryCare = (): Care => ({ guard: createGuard(), suspects: new Suspects(), sleepAfterMs: null });

/** What surrounds the turns of one run: who waits for them, what they are suspected of, and what the registry is to know. */
export class Carer {
  readonly #ctx: WorldContext;
  readonly #place: Place;
  readonly #care: Care;
  readonly acts: Acts;
  #neededAtMs: number;

  constructor(ctx: WorldContext, place: Place, care: Care) {
    this.#ctx = ctx;
    this.#place = place;
    this.#care = care;
    this.acts = new Acts(ctx, place.id);
    this.#neededAtMs = ctx.clock.monotonicMs();
  }

  needed(): void {
    this.#neededAtMs = this.#ctx.clock.monotonicMs();
  }

  isUnneeded(): boolean {
    const { sleepAfterMs } = this.#care;
    return sleepAfterMs !== null && this.#ctx.clock.monotonicMs() - this.#neededAtMs >= sleepAfterMs;
  }

  /** Several turns where one of the inputs may be at fault; the error that ends the run is remembered with its inputs. */
  async turns(deliveries: readonly Delivery[], turn: (some: readonly Delivery[], isFirst: boolean) => Promise<void>) {
    const { suspects } = this.#care;
    for (const [index, some] of suspects.split(deliveries).entries()) {
      try {
        await turn(some, index === 0);
      } catch (error) {
        suspects.failed(some, error);
        throw error;
      }
      suspects.passed(some);
    }
  }

  rejectionOf(delivery: Delivery): Reject | null {
    return this.#care.suspects.rejectionOf(delivery);
  }

  /** A world that has much to make up for has the time that takes, too. */
  turnMsMax({ steppedToMs, state }: LiveWorld): number {
    const span = { fromMs: steppedToMs, toMs: gameTimeMs(state.clock, this.#ctx.clock.nowMs()) };
    const isLate = planCatchUp(span, paceOf(state.clock)) !== null;
    return isLate ? turnMsMax + catchUpRealMsMax : turnMsMax;
  }

  /** A turn's events are committed. */
  committed(deliveries: readonly Delivery[], turn: Turn, state: WorldState): void {
    if (deliveries.length > 0) this.needed();
    const { version, clock } = state;
    this.acts.applied(
      deliveries.map(({ input }) => input.id),
      { version, clock },
    );
    if (turn.events.some(({ event }) => "clock" in event)) this.tellRegistry(state);
    for (const { event } of turn.events) {
      if (event.type !== "inputRejected") continue;
      const { input, reason } = event;
      this.#ctx.metrics.count("world_faults_total", { what: "input_rejected" });
      this.#ctx.log.error(
        { worldId: this.#place.id, inputId: input.id, inputType: input.type, reason },
        "an input was set aside: the world failed by it",
      );
    }
  }

  /** It may lag behind the log, and is told again when the world is opened. */
  tellRegistry(state: WorldState): void {
    const { worlds, log } = this.#ctx;
    if (state.version === 0) return;
    worlds
      .follow(this.#place.id, lifeOf(state))
      .catch((error: unknown) => log.warn({ error, worldId: this.#place.id }, "the registry was not told of a world"));
  }

  /** The world is no more once the registry knows. */
  async retire(state: WorldState): Promise<void> {
    await this.#ctx.worlds.follow(this.#place.id, lifeOf(state));
    this.#ctx.log.info({ worldId: this.#place.id, version: state.version }, "world deleted");
  }
}

function lifeOf({ version, clock, ending }: WorldState): WorldLife {
  if (ending === "deleted") return { version, status: "deleted", clock };
  return { version, status: clock.isPaused ? "paused" : "active", clock };
}
