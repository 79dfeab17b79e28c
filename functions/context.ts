import type { AuthService } from "#core/account/service.ts";
import type { PlayerService } from "#core/character/service.ts";
import type {
  Bus,
  Characters,
  Clients,
  Clock,
  Connections,
  Entropy,
  InputStreams,
  Limits,
  Log,
  Sessions,
  Tokens,
  Worlds,
} from "#core/ports.ts";

/** Everything the functions stand on. Each root builds one; each function names the slice it needs. */
export type FunctionsContext = {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  /** In this process or in another: the functions cannot tell. */
  readonly auth: AuthService;
  readonly players: PlayerService;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly limits: Limits;
  readonly characters: Characters;
  readonly worlds: Worlds;
  readonly bus: Bus;
  readonly inputs: InputStreams;
  readonly connections: Connections;
  readonly clients: Clients;
  /** What must answer for this process to be ready: rejects where it does not. By name. */
  readonly checks: Readonly<Record<string, () => Promise<void>>>;
};
