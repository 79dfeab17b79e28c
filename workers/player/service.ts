import { inlinePlayers } from "#core/character/service.ts";
import {
  playerCreate,
  playerEntryOptions,
  playerGet,
  playerHistory,
  playerJoin,
  playerLeave,
  playerList,
  playerLobby,
  playerPast,
  playerSkills,
} from "#core/protocol/player-subjects.ts";
import { lane } from "../lib/lane.ts";
import { served } from "../lib/served.ts";
import type { PlayerWorkerContext } from "./context.ts";

/** Joins and goodbyes at once in one process: each may wait for a world. */
export const joinsUnderWayMax = 500;
export const lookupsUnderWayMax = 1_000;

export type PlayerServiceOptions = { readonly joinsUnderWayMax?: number; readonly lookupsUnderWayMax?: number };

/** Answers `player.*` until it is disposed of. A world that is slow to answer holds up joins, and nothing else. */
export function startPlayerService(ctx: PlayerWorkerContext, options: PlayerServiceOptions = {}): AsyncDisposable {
  const { bus } = ctx;
  const players = inlinePlayers(ctx);
  const joins = lane(options.joinsUnderWayMax ?? joinsUnderWayMax);
  const lookups = lane(options.lookupsUnderWayMax ?? lookupsUnderWayMax);

  return served(ctx, "player", [
    bus.serve(playerList, (principal) => lookups(() => players.list(principal))),
    bus.serve(playerGet, (input) => lookups(() => players.get(input))),
    bus.serve(playerCreate, (input) => lookups(() => players.create(input))),
    bus.serve(playerJoin, (input) => joins(() => players.join(input))),
    bus.serve(playerLeave, (input) => joins(() => players.leave(input))),
    bus.serve(playerHistory, (input) => lookups(() => players.history(input))),
    bus.serve(playerPast, (input) => lookups(() => players.past(input))),
    bus.serve(playerSkills, (input) => lookups(() => players.skills(input))),
    bus.serve(playerLobby, (principal) => lookups(() => players.lobby(principal))),
    bus.serve(playerEntryOptions, (input) => lookups(() => players.entryOptions(input))),
  ]);
}
