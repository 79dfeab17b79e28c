import type {
  Accounts,
  Bus,
  Characters,
  Clients,
  Clock,
  Connections,
  Entropy,
  InputStreams,
  Leases,
  Llm,
  Log,
  Metrics,
  Outbox,
  Weathers,
  WeatherStates,
  WorldLog,
  Worlds,
} from "#core/ports.ts";

/** Everything the owner of worlds stands on. */
export type WorldContext = {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly worlds: Worlds;
  /** For who is an admin. */
  readonly accounts: Pick<Accounts, "byId">;
  readonly worldLog: WorldLog;
  readonly weathers: Weathers;
  readonly weatherStates: WeatherStates;
  readonly leases: Leases;
  readonly characters: Characters;
  readonly inputs: InputStreams;
  readonly llm: Llm;
  readonly bus: Bus;
  readonly connections: Connections;
  readonly clients: Clients;
  readonly outbox: Outbox;
};
