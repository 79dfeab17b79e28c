import type { Accounts } from "#core/ports/accounts.ts";
import type { Bus } from "#core/ports/bus.ts";
import type { Characters } from "#core/ports/characters.ts";
import type { Clients } from "#core/ports/clients.ts";
import type { Connections } from "#core/ports/connections.ts";
import type { InputStreams } from "#core/ports/input-streams.ts";
import type { Interviews } from "#core/ports/interviews.ts";
import type { Leases } from "#core/ports/leases.ts";
import type { Llm } from "#core/ports/models.ts";
import type { Outbox } from "#core/ports/outbox.ts";
import type { Placements } from "#core/ports/placements.ts";
import type { MakePlanet, Planets } from "#core/ports/planets.ts";
import type { Clock, Entropy, Log } from "#core/ports/system.ts";
import type { Tracing } from "#core/ports/tracing.ts";
import type { Weathers, WeatherStates } from "#core/ports/weather.ts";
import type { WorldLog } from "#core/ports/world-log.ts";
import type { Worlds } from "#core/ports/worlds.ts";
import type { Metrics } from "#core/protocol/metrics.ts";
import type { MapPicture } from "#core/world/look-at-map.ts";
import type { InterviewVerbs } from "#core/interview/service.ts";

/** Everything the owner of worlds stands on. */
export type WorldContext = {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Left out: nothing is traced. */
  readonly tracing?: Tracing;
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
  readonly placements: Placements;
  readonly leases: Leases;
  readonly characters: Characters;
  readonly inputs: InputStreams;
  readonly llm: Llm;
  readonly interviews: Pick<Interviews, "latestOf">;
  readonly interviewVerbs: Pick<InterviewVerbs, "converse">;
  readonly bus: Bus;
  readonly connections: Connections;
  readonly clients: Clients;
  readonly outbox: Outbox;
};
