import type { Observation } from "#core/sim/weather/observation.ts";
import type { ObservedPlace } from "#core/sim/weather/observe.ts";
import type { SavedAir } from "#core/ports/weather.ts";
import type { AirMemory, AirOrder } from "#core/world/weather/air-run.ts";
import type { StepPush } from "#core/world/weather/history.ts";

export type Question =
  | { readonly kind: "save" }
  | { readonly kind: "forecast"; readonly place: ObservedPlace; readonly timesS: readonly number[] };

export type ToThread =
  | { readonly type: "open"; readonly air: number; readonly order: AirOrder; readonly memory: AirMemory }
  | { readonly type: "askFor"; readonly air: number; readonly step: number }
  | { readonly type: "push"; readonly air: number; readonly pushes: readonly StepPush[] }
  | { readonly type: "ask"; readonly air: number; readonly call: number; readonly question: Question }
  | { readonly type: "close"; readonly air: number }
  | { readonly type: "stop" };

export type FromThread =
  | { readonly type: "answer"; readonly call: number; readonly value: SavedAir | readonly Observation[] }
  | { readonly type: "stepped"; readonly ms: number }
  /** It cannot go on. What was asked of it is not answered. */
  | { readonly type: "lost"; readonly air: number; readonly reason: string };
