import type * as z from "zod";
import type { LoginResponse, MeResponse, SessionsResponse, UserResponse } from "#core/protocol/account.ts";
import type {
  CharacterResponse,
  CreateCharacterRequest,
  CreateCharacterResponse,
  entryOptionsResponse,
  JoinResponse,
} from "#core/protocol/character.ts";
import type {
  InterviewActiveResponse,
  InterviewFinalizeResponse,
  InterviewLateResponse,
  InterviewMessageResponse,
  InterviewStartResponse,
} from "#core/protocol/interview.ts";
import type { CommandsResponse } from "#core/protocol/commands.ts";
import type { TicketResponse } from "#core/protocol/ticket.ts";
import type { MapEdge, MapLayer, WorldMap } from "#core/protocol/world-map.ts";
import type { WorldWeather } from "#core/protocol/world-weather.ts";
import type { WorldDetailResponse, WorldResponse } from "#core/protocol/world.ts";

import { type Request, type Rest } from "./rest.ts";

export type EntryOptions = z.infer<typeof entryOptionsResponse>;

// The REST API as verbs. `openapi.json` of a running server says more about each.

export type Credentials = { readonly email: string; readonly password: string };
export type NewCharacter = Partial<CreateCharacterRequest> & Pick<CreateCharacterRequest, "world_id" | "name">;

export type PictureWanted = { readonly width: number; readonly layer?: MapLayer; readonly edge?: MapEdge };

export function createApi(rest: Rest) {
  const get = <T>(path: string, more?: Request) => rest<T>("GET", path, more);
  const post = <T>(path: string, body?: object, more?: Request) => rest<T>("POST", path, { ...more, body: body ?? {} });
  const query = (parameters: Readonly<Record<string, string>>) => new URLSearchParams(parameters).toString();
  return {
    register: (account: Credentials & { readonly username: string }) => post<UserResponse>("/auth/register", account),
    login: (credentials: Credentials) => post<LoginResponse>("/auth/login", credentials),
    logout: () => post<{ message: string }>("/auth/logout"),
    me: () => get<MeResponse>("/auth/me"),
    sendVerification: () => post<{ message: string }>("/auth/email/verification"),
    verifyEmail: (token: string) => post<{ message: string }>("/auth/email/verify", { token }),
    forgotPassword: (email: string) => post<{ message: string }>("/auth/password/forgotten", { email }),
    resetPassword: (token: string, password: string) =>
      post<{ message: string }>("/auth/password/reset", { token, password }),
    changePassword: (old: string, password: string) =>
      post<{ message: string }>("/auth/password", { old, new: password }),
    sessions: () => get<SessionsResponse>("/auth/sessions"),
    endOtherSessions: () => post<{ message: string }>("/auth/logout-all"),

    worlds: () => get<WorldResponse[]>("/game/worlds"),
    world: (id: string, more?: Request) => get<WorldDetailResponse>(`/game/worlds/${id}`, more),
    worldMap: (id: string, { width, layer = "biomes" }: { readonly width: number; readonly layer?: MapLayer }) =>
      get<WorldMap>(`/game/worlds/${id}/map?${query({ width: String(width), layer })}`),
    worldPicture: (id: string, { width, layer = "biomes", edge = "drawn" }: PictureWanted) =>
      get<Blob>(`/game/worlds/${id}/map?${query({ width: String(width), layer, edge })}`, { accept: "image/png" }),
    worldWeather: (id: string, more?: Request) => get<WorldWeather>(`/game/worlds/${id}/weather`, more),

    characters: async () => (await get<{ characters: CharacterResponse[] }>("/game/characters")).characters,
    createCharacter: (character: NewCharacter) => post<CreateCharacterResponse>("/game/characters", character),
    join: (characterId: string) => post<JoinResponse>("/game/join", { character_id: characterId }),
    entryOptions: (worldId: string) => get<EntryOptions>(`/game/entry-options?${query({ world_id: worldId })}`),
    commands: () => get<CommandsResponse>("/game/commands"),
    ticket: () => post<TicketResponse>("/game/ws-ticket"),

    interview: () => get<InterviewActiveResponse>("/world/interview/active"),
    startInterview: () => post<InterviewStartResponse>("/world/interview/start"),
    /** Said again under the same key it is taken once. */
    tellStatue: (sessionId: string, message: string, key: string) =>
      post<InterviewMessageResponse | InterviewLateResponse>(
        "/world/interview/message",
        { session_id: sessionId, message },
        { headers: { "idempotency-key": key } },
      ),
    finalizeInterview: (sessionId: string) =>
      post<InterviewFinalizeResponse>("/world/interview/finalize", { session_id: sessionId }),
  };
}
export type Api = ReturnType<typeof createApi>;
