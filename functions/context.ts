import type { Audit } from "#core/ports/audit.ts";
import type { Bus } from "#core/ports/bus.ts";
import type { Characters } from "#core/ports/characters.ts";
import type { Clients } from "#core/ports/clients.ts";
import type { Connections } from "#core/ports/connections.ts";
import type { Tokens } from "#core/ports/credentials.ts";
import type { InputStreams } from "#core/ports/input-streams.ts";
import type { Limits } from "#core/ports/limits.ts";
import type { Oversight } from "#core/ports/oversight.ts";
import type { Llm } from "#core/ports/models.ts";
import type { Sessions, Tickets } from "#core/ports/sessions.ts";
import type { Placements } from "#core/ports/placements.ts";
import type { Clock, Entropy, Log } from "#core/ports/system.ts";
import type { Tracing } from "#core/ports/tracing.ts";
import type { Worlds } from "#core/ports/worlds.ts";
import type { Metrics } from "#core/protocol/metrics.ts";
import type { Checks } from "#core/health/readiness.ts";
import type { InterviewVerbs } from "#core/interview/service.ts";
import type { Services } from "./services.ts";

/** Everything the functions stand on. Each root builds one; each function names the slice it needs. */
export type FunctionsContext = Services & {
  readonly interviewVerbs: InterviewVerbs;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Left out: nothing is traced. */
  readonly tracing?: Tracing;
  readonly sessions: Sessions;
  readonly tickets: Tickets;
  readonly tokens: Tokens;
  readonly limits: Limits;
  readonly characters: Characters;
  readonly worlds: Worlds;
  readonly placements: Placements;
  readonly bus: Bus;
  readonly audit: Audit;
  readonly oversight: Oversight;
  readonly inputs: InputStreams;
  readonly llm: Llm;
  readonly connections: Connections;
  readonly clients: Clients;
  readonly checks: Checks;
  /** Where a process lives long enough for somebody to come and ask. */
  readonly metricsText?: () => Promise<string>;
};
