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
  MakePlanet,
  Outbox,
  Weathers,
  WeatherStates,
  Planets,
  WorldLog,
  Worlds,
} from "#core/ports.ts";
import type { Metrics } from "#core/protocol/metrics.ts";
import type { MapPicture } from "#core/world/look-at-map.ts";

/** Everything the owner of worlds stands on. */
export type WorldContext = {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly worlds: Worlds;
  /** For who is an admin. */
  readonly accounts: Pick<Accounts, "byId">;
  readonly planets: Planets;
  readonly makePlanet: MakePlanet;
  /** Left out: there are no pictures of worlds. */
  readonly mapPicture?: MapPicture;
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
