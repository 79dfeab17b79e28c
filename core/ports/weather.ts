import type { WorldId } from "../lib/ids.ts";
import type { Observation } from "../sim/weather/observation.ts";
import type { ObservedPlace } from "../sim/weather/observe.ts";
import type { WeatherView } from "../sim/weather/sample.ts";
import type { AirOrder } from "../world/weather/air-run.ts";

/** The air over worlds, stepped so that nobody waits for it. The same order comes to the same air, bit for bit, wherever it is stepped. */
export type Weathers = {
  /** Throws UNAVAILABLE where `airsMax` are open. */
  open(order: AirOrder): OpenAir;
};

export type OpenAir = {
  /** Seconds of the world. */
  readonly stepS: number;
  /** Whether it can go on: the thread may die, and a push may come too late. Who wants it then opens another. */
  readonly isLost: boolean;
  /**
   * What is in the air at a moment of the world, or null while that is being worked out; it is asked for by this. Never waits. Good until control
   * is given back. Moments are not to go back.
   */
  at(timeS: number): WeatherView | null;
  /** To take effect with steps that nobody has asked for yet: else the air is lost. */
  push(pushes: AirOrder["pushes"]): void;
  /** A state to begin again from, such that `at` goes on without a jump. Rejects with UNAVAILABLE where the air is lost or too much is asked. */
  save(): Promise<SavedAir>;
  /** What will be seen at these times, in their order: fewer where the last are too far away. Rejects like `save`, and with TIMEOUT. */
  forecast(place: ObservedPlace, timesS: readonly number[]): Promise<readonly Observation[]>;
  /** What was asked before is still answered. */
  close(): void;
};

export type SavedAir = { readonly step: number; readonly state: Uint8Array };

/** Airs that one process holds: 0.7 MB each for a planet. */
export const airsMax = 256;

/** With what it came from: its beginning, and how many pushes had taken effect. */
export type StoredWeather = SavedAir & { readonly originStep: number; readonly pushCount: number };

export type WeatherStates = {
  /** The newest replaces what was there, but not under a fence that is older than it. Copies what it is given. */
  save(worldId: WorldId, fence: number, weather: StoredWeather): Promise<void>;
  latest(worldId: WorldId): Promise<StoredWeather | null>;
};
