import type { Principal } from "../account/model.ts";
import type { CharacterId, WorldId } from "../lib/ids.ts";
import type { Bus } from "../ports/bus.ts";
import type { CharacterLog } from "../ports/character-log.ts";
import type { Characters } from "../ports/characters.ts";
import type { Connections } from "../ports/connections.ts";
import type { Clock, Entropy } from "../ports/system.ts";
import type { Worlds } from "../ports/worlds.ts";
import type { CreateCharacterRequest } from "../protocol/character.ts";
import type { HistoryPage, PastMoment } from "../protocol/character-history.ts";
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
} from "../protocol/player-subjects.ts";
import { actTimeoutMs } from "../world/act-on-world.ts";
import { createCharacter } from "./create-character.ts";
import { type EntryOptions, entryOptions } from "./entry-options.ts";
import { getSkills } from "./get-skills.ts";
import { joinCharacter, lookTimeoutMs } from "./join-character.ts";
import { leaveWorld } from "./leave-world.ts";
import type { Biography } from "./biography/model.ts";
import { listCharacters } from "./list-characters.ts";
import { lobbyCharacter } from "./lobby-character.ts";
import type { CharacterRecord } from "./model.ts";
import { ownCharacter } from "./own-character.ts";
import { readHistory } from "./read-history.ts";
import { readPast } from "./read-past.ts";
import type { Skills } from "./skills.ts";

type OfOne = { readonly principal: Principal; readonly characterId: CharacterId };

/** The verbs of characters, wherever they run. Who asks was checked by whoever calls them: a `Principal` is believed. */
export type PlayerService = {
  list(principal: Principal): Promise<CharacterRecord[]>;
  get(input: OfOne): Promise<CharacterRecord>;
  create(input: {
    readonly principal: Principal;
    readonly request: CreateCharacterRequest;
    /** The same again makes nobody else. */
    readonly requestId: string;
  }): Promise<{ readonly character: CharacterRecord; readonly isNew: boolean }>;
  join(input: OfOne): Promise<{ readonly character: CharacterRecord; readonly message: string }>;
  leave(input: OfOne & { readonly requestId: string }): Promise<CharacterRecord>;
  skills(input: OfOne): Promise<Skills>;
  history(input: OfOne & { readonly before: number | null; readonly limit: number }): Promise<HistoryPage>;
  past(input: OfOne & { readonly moment: PastMoment }): Promise<Biography>;
  lobby(principal: Principal): Promise<CharacterRecord>;
  entryOptions(input: { readonly principal: Principal; readonly worldId: WorldId }): Promise<EntryOptions>;
};

export type PlayerContext = {
  readonly characters: Characters;
  readonly characterLog: CharacterLog;
  readonly connections: Pick<Connections, "ofCharacters">;
  readonly worlds: Worlds;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly entropy: Entropy;
};

export function inlinePlayers(ctx: PlayerContext): PlayerService {
  return {
    list: (principal) => listCharacters(ctx, principal),
    get: (input) => ownCharacter(ctx, input),
    create: (input) => createCharacter(ctx, input),
    join: (input) => joinCharacter(ctx, input),
    leave: (input) => leaveWorld(ctx, input),
    skills: (input) => getSkills(ctx, input),
    history: (input) => readHistory(ctx, input),
    past: (input) => readPast(ctx, input),
    lobby: (principal) => lobbyCharacter(ctx, principal),
    entryOptions: (input) => entryOptions(ctx, input),
  };
}

export type PlayerTimeouts = Readonly<Record<keyof PlayerService, number>>;

const lookupMs = 3_000;

export const playerTimeoutsMs: PlayerTimeouts = {
  list: lookupMs,
  get: lookupMs,
  create: lookupMs,
  // The world may take all of its time to say what there is to see.
  join: lookTimeoutMs + lookupMs,
  leave: actTimeoutMs + lookupMs,
  skills: lookupMs,
  history: lookupMs,
  past: lookupMs,
  lobby: lookupMs,
  entryOptions: lookupMs,
};

/** Beside the refusals of the verbs: UNAVAILABLE when nobody serves or too much is asked, TIMEOUT past the verb's time. */
export function remotePlayers(bus: Bus, timeoutsMs: PlayerTimeouts = playerTimeoutsMs): PlayerService {
  return {
    list: (principal) => bus.request(playerList, principal, { timeoutMs: timeoutsMs.list }),
    get: (input) => bus.request(playerGet, input, { timeoutMs: timeoutsMs.get }),
    create: (input) => bus.request(playerCreate, input, { timeoutMs: timeoutsMs.create }),
    join: (input) => bus.request(playerJoin, input, { timeoutMs: timeoutsMs.join }),
    leave: (input) => bus.request(playerLeave, input, { timeoutMs: timeoutsMs.leave }),
    skills: (input) => bus.request(playerSkills, input, { timeoutMs: timeoutsMs.skills }),
    history: (input) => bus.request(playerHistory, input, { timeoutMs: timeoutsMs.history }),
    past: (input) => bus.request(playerPast, input, { timeoutMs: timeoutsMs.past }),
    lobby: (principal) => bus.request(playerLobby, principal, { timeoutMs: timeoutsMs.lobby }),
    entryOptions: (input) => bus.request(playerEntryOptions, input, { timeoutMs: timeoutsMs.entryOptions }),
  };
}
