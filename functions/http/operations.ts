import * as z from "zod";
import type { ErrorCode } from "#core/lib/errors.ts";
import { accountExportQuery, accountExportResponse } from "#core/protocol/account-export.ts";
import {
  deleteAccountRequest,
  forgottenRequest,
  loginRequest,
  loginResponse,
  meResponse,
  passwordRequest,
  refreshRequest,
  refreshResponse,
  registerRequest,
  resetRequest,
  sessionsEndedResponse,
  sessionsResponse,
  userResponse,
  verifyEmailRequest,
} from "#core/protocol/account.ts";
import {
  characterHistoryQuery,
  characterHistoryResponse,
  characterPastQuery,
  characterPastResponse,
} from "#core/protocol/character-history.ts";
import {
  charactersResponse,
  createCharacterRequest,
  createCharacterResponse,
  entryOptionsResponse,
  joinRequest,
  joinResponse,
  leaveResponse,
  skillsResponse,
} from "#core/protocol/character.ts";
import { commandsResponse } from "#core/protocol/commands.ts";
import {
  interviewActiveResponse,
  interviewFinalizeRequest,
  interviewFinalizeResponse,
  interviewLateResponse,
  interviewMessageRequest,
  interviewMessageResponse,
  interviewStartResponse,
} from "#core/protocol/interview.ts";
import { nearbyQuery, nearbyResponse } from "#core/protocol/nearby.ts";
import { ticketResponse } from "#core/protocol/ticket.ts";
import { worldWeatherResponse } from "#core/protocol/world-weather.ts";
import { clockResponse, dilationRequest, worldDetailResponse, worldsResponse } from "#core/protocol/world.ts";
import { worldMap, worldMapQuery } from "#core/protocol/world-map.ts";
import { adminOperations } from "./admin-operations.ts";
import { entryOptionsQuery, skillsQuery } from "./routes/characters.ts";

type Answer = {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** As what else it may come, by the request's `Accept`. */
  readonly orAs?: readonly string[];
};

export type Operation = {
  readonly tag: "accounts" | "characters" | "worlds" | "interviews" | "administration" | "service";
  readonly summary: string;
  readonly auth: boolean;
  readonly query?: z.ZodObject;
  readonly request?: z.ZodType;
  readonly answers: Readonly<Record<number, Answer>>;
  /** Beside those that every operation of its kind has. */
  readonly errors?: readonly ErrorCode[];
};

const ready = z.object({
  status: z.enum(["ok", "unavailable"]),
  checks: z.record(z.string(), z.enum(["ok", "failed", "timeout"])),
});

/** With an `Idempotency-Key` the same request again is done once. */
function clockOperation(summary: string): Operation {
  return {
    tag: "worlds",
    summary,
    auth: true,
    answers: { 200: { description: "The world's clock", schema: clockResponse } },
    errors: ["INVALID_INPUT", "NOT_FOUND", "TIMEOUT"],
  };
}

const said = z.object({ message: z.string() });

/** What `openapi.json` says. A test holds it to the routes of the app. */
export const operations: Readonly<Record<string, Operation>> = {
  ...adminOperations,
  "POST /api/auth/register": {
    tag: "accounts",
    summary: "Make an account",
    auth: false,
    request: registerRequest,
    answers: { 201: { description: "The new account", schema: userResponse } },
    errors: ["FORBIDDEN", "CONFLICT", "RATE_LIMITED"],
  },
  "POST /api/auth/login": {
    tag: "accounts",
    summary: "Open a session; the token comes in the body and as a cookie",
    auth: false,
    request: loginRequest,
    answers: { 200: { description: "The session's token and the account", schema: loginResponse } },
    errors: ["UNAUTHORIZED", "FORBIDDEN", "RATE_LIMITED"],
  },
  "POST /api/auth/refresh": {
    tag: "accounts",
    summary: "Exchange a refresh token for the next one and a token that lives for minutes",
    // It brings its own credential, in the body.
    auth: false,
    request: refreshRequest,
    answers: { 200: { description: "The session's next tokens", schema: refreshResponse } },
    errors: ["UNAUTHORIZED", "SESSION_EXPIRED", "FORBIDDEN", "RATE_LIMITED"],
  },
  "GET /api/auth/sessions": {
    tag: "accounts",
    summary: "Your sessions, newest first",
    auth: true,
    answers: { 200: { description: "Those in force", schema: sessionsResponse } },
  },
  "DELETE /api/auth/sessions/{id}": {
    tag: "accounts",
    summary: "End one of your sessions and close its sockets",
    auth: true,
    answers: { 200: { description: "It is over", schema: z.object({ message: z.string() }) } },
    errors: ["NOT_FOUND"],
  },
  "POST /api/auth/logout-all": {
    tag: "accounts",
    summary: "End every other session of yours and close their sockets",
    auth: true,
    answers: { 200: { description: "They are over", schema: sessionsEndedResponse } },
  },
  "POST /api/auth/password": {
    tag: "accounts",
    summary: "Change the password; every other session of yours ends",
    auth: true,
    request: passwordRequest,
    answers: { 200: { description: "Only the new one is good", schema: sessionsEndedResponse } },
    errors: ["CONFLICT"],
  },
  "POST /api/auth/email/verification": {
    tag: "accounts",
    summary: "Be sent a mail with a link that shows that you read mail to your address",
    auth: true,
    answers: { 202: { description: "It will be sent, unless the address is verified already", schema: said } },
  },
  "POST /api/auth/email/verify": {
    tag: "accounts",
    summary: "Show the token of such a mail",
    auth: false,
    request: verifyEmailRequest,
    answers: { 200: { description: "The address is verified", schema: said } },
    errors: ["FORBIDDEN", "NOT_FOUND", "RATE_LIMITED"],
  },
  "POST /api/auth/password/forgotten": {
    tag: "accounts",
    summary: "Have a mail sent to an address, with a link to choose a new password, if it has an account",
    auth: false,
    request: forgottenRequest,
    answers: { 202: { description: "The same for every address", schema: said } },
    errors: ["FORBIDDEN", "RATE_LIMITED"],
  },
  "POST /api/auth/password/reset": {
    tag: "accounts",
    summary: "Choose a new password with the token of such a mail; every session of the account ends",
    auth: false,
    request: resetRequest,
    answers: { 200: { description: "Only the new password is good", schema: said } },
    errors: ["FORBIDDEN", "NOT_FOUND", "RATE_LIMITED"],
  },
  "GET /api/account/export": {
    tag: "accounts",
    summary: "Everything that is kept about you, in pages: go on with `after` while `next` is not null",
    auth: true,
    query: accountExportQuery,
    answers: { 200: { description: "A page", schema: accountExportResponse } },
    errors: ["RATE_LIMITED"],
  },
  "DELETE /api/account": {
    tag: "accounts",
    summary: "Delete your account with everything that is yours alone; every session ends at once",
    auth: true,
    request: deleteAccountRequest,
    answers: { 200: { description: "Nobody can log in to it any more", schema: said } },
    errors: ["CONFLICT"],
  },
  "GET /api/auth/me": {
    tag: "accounts",
    summary: "Whose session this is",
    auth: true,
    answers: { 200: { description: "The account", schema: meResponse } },
  },
  "POST /api/auth/logout": {
    tag: "accounts",
    summary: "End this session and close its sockets",
    auth: true,
    answers: { 200: { description: "The session is over", schema: z.object({ message: z.string() }) } },
  },
  "POST /api/game/ws-ticket": {
    tag: "accounts",
    summary: "A ticket that opens one socket of this session, from a page of the same origin",
    auth: true,
    answers: { 201: { description: "The ticket, good once and for so many seconds", schema: ticketResponse } },
  },
  "GET /api/game/characters": {
    tag: "characters",
    summary: "Your characters, last played first",
    auth: true,
    answers: { 200: { description: "All of them", schema: charactersResponse } },
  },
  "POST /api/game/characters": {
    tag: "characters",
    summary: "Make a character in a world, or ask for a watcher",
    auth: true,
    request: createCharacterRequest,
    answers: {
      200: { description: "The watcher you have there already", schema: createCharacterResponse },
      201: { description: "The new character", schema: createCharacterResponse },
    },
    errors: ["NOT_FOUND", "CHARACTER_EXISTS"],
  },
  "POST /api/game/join": {
    tag: "characters",
    summary: "Play a character: greets and tells what there is to see",
    auth: true,
    request: joinRequest,
    answers: { 200: { description: "The greeting", schema: joinResponse } },
    errors: ["NOT_FOUND"],
  },
  "POST /api/game/leave": {
    tag: "characters",
    summary:
      "Say goodbye: a character of yours falls asleep where it is. Its socket stays open; who types there wakes it",
    auth: true,
    request: joinRequest,
    answers: { 200: { description: "It sleeps", schema: leaveResponse } },
    errors: ["FORBIDDEN", "NOT_FOUND", "UNAVAILABLE", "TIMEOUT"],
  },
  "GET /api/game/characters/{id}/history": {
    tag: "characters",
    summary: "What happened to a character of yours, the newest first: go on with `before` while `next` is not null",
    auth: true,
    query: characterHistoryQuery,
    answers: { 200: { description: "A page", schema: characterHistoryResponse } },
    errors: ["FORBIDDEN", "NOT_FOUND"],
  },
  "GET /api/game/characters/{id}/past": {
    tag: "characters",
    summary: "A character of yours as it was, at a time or a version of its history",
    auth: true,
    query: characterPastQuery,
    answers: { 200: { description: "As it was", schema: characterPastResponse } },
    errors: ["FORBIDDEN", "NOT_FOUND", "UNAVAILABLE"],
  },
  "GET /api/game/entry-options": {
    tag: "characters",
    summary: "In which ways you may come to a world",
    auth: true,
    query: entryOptionsQuery,
    answers: { 200: { description: "The ways", schema: entryOptionsResponse } },
    errors: ["NOT_FOUND"],
  },
  "GET /api/game/skills": {
    tag: "characters",
    summary: "What a character of yours has learnt",
    auth: true,
    query: skillsQuery,
    answers: { 200: { description: "Every skill by name", schema: skillsResponse } },
    errors: ["FORBIDDEN", "NOT_FOUND"],
  },
  "GET /api/game/commands": {
    tag: "characters",
    summary: "Every command with its help and arguments, for completion",
    auth: false,
    answers: { 200: { description: "The commands, and what a line may be", schema: commandsResponse } },
  },
  "GET /api/game/worlds": {
    tag: "worlds",
    summary: "All worlds",
    auth: true,
    answers: { 200: { description: "The lobby first, then the oldest", schema: worldsResponse } },
  },
  "GET /api/game/worlds/{id}": {
    tag: "worlds",
    summary: "One world with its clock, its season and its climate",
    auth: true,
    answers: { 200: { description: "The world", schema: worldDetailResponse } },
    errors: ["NOT_FOUND"],
  },
  "GET /api/game/worlds/{id}/nearby": {
    tag: "worlds",
    summary:
      "Who and what is around a place, players, inhabitants and things, the nearest first; for those who have somebody in that world",
    auth: true,
    query: nearbyQuery,
    answers: {
      200: {
        description:
          "As it was a second or two ago, inhabitants within some seconds; of a world where nobody is, as it was when the last one left",
        schema: nearbyResponse,
      },
    },
    errors: ["FORBIDDEN", "NOT_FOUND"],
  },
  "GET /api/game/worlds/{id}/map": {
    tag: "worlds",
    summary:
      "A world from above: as data, its rows from the south to the north; with `Accept: image/png` as a picture, north at the top",
    auth: true,
    query: worldMapQuery,
    answers: {
      200: { description: "The map; good for an hour, then `If-None-Match`", schema: worldMap, orAs: ["image/png"] },
      304: { description: "It is as you have it" },
    },
    errors: ["INVALID_INPUT", "NOT_FOUND", "UNAVAILABLE", "TIMEOUT"],
  },
  "GET /api/game/worlds/{id}/weather": {
    tag: "worlds",
    summary: "The air over a world as it is now, on a coarse grid; null while nobody is there to see it",
    auth: true,
    answers: { 200: { description: "Temperature, wind, clouds and rain", schema: worldWeatherResponse } },
    errors: ["NOT_FOUND", "TIMEOUT"],
  },
  "POST /api/game/worlds/{id}/pause": clockOperation("Stop a world's time; for its owner"),
  "POST /api/game/worlds/{id}/resume": clockOperation("Let a world's time go on; for its owner"),
  "POST /api/game/worlds/{id}/dilation": {
    ...clockOperation("Set how fast a world's time runs; for its owner"),
    request: dilationRequest,
  },
  "GET /api/world/interview/active": {
    tag: "interviews",
    summary: "Your interview that is going on; reading it asks no model",
    auth: true,
    answers: { 200: { description: "What was said so far, and the question", schema: interviewActiveResponse } },
    errors: ["NOT_FOUND"],
  },
  "POST /api/world/interview/start": {
    tag: "interviews",
    summary: "Begin to tell of a world, or go on where you were",
    auth: true,
    answers: { 201: { description: "The question", schema: interviewStartResponse } },
    errors: ["RATE_LIMITED"],
  },
  "POST /api/world/interview/message": {
    tag: "interviews",
    summary: "Say something; with an `Idempotency-Key` the same message again is taken once",
    auth: true,
    request: interviewMessageRequest,
    answers: {
      200: { description: "What the statue says to it", schema: interviewMessageResponse },
      202: {
        description: "It is kept; what the statue says comes on the socket, and to `active`",
        schema: interviewLateResponse,
      },
    },
    errors: ["NOT_FOUND", "CONFLICT", "RATE_LIMITED"],
  },
  "POST /api/world/interview/finalize": {
    tag: "interviews",
    summary: "Make the world of your interview; asked again, it says how far it is",
    auth: true,
    request: interviewFinalizeRequest,
    answers: { 200: { description: "The world's specification", schema: interviewFinalizeResponse } },
    errors: ["NOT_FOUND", "CONFLICT", "WORLD_NAME_TAKEN", "RATE_LIMITED"],
  },
  "GET /api/openapi.json": {
    tag: "service",
    summary: "This document",
    auth: false,
    answers: { 200: { description: "OpenAPI 3.1", schema: z.record(z.string(), z.unknown()) } },
  },
  "GET /api/docs": {
    tag: "service",
    summary: "A page to read this document on, and to try what it tells of",
    auth: false,
    answers: { 302: { description: "To that page" } },
  },
  "GET /health": {
    tag: "service",
    summary: "OK while the process answers",
    auth: false,
    answers: { 200: { description: "The text OK" } },
  },
  "GET /health/live": {
    tag: "service",
    summary: "The process lives",
    auth: false,
    answers: { 200: { description: "It does", schema: z.object({ status: z.literal("ok") }) } },
  },
  "GET /health/ready": {
    tag: "service",
    summary: "Each dependency answers",
    auth: false,
    answers: {
      200: { description: "All of them", schema: ready },
      503: { description: "Not all of them", schema: ready },
    },
  },
};
