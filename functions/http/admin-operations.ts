import {
  auditQuery,
  auditResponse,
  deleteWorldRequest,
  gatewaysResponse,
  overseenWorldsResponse,
  userQuery,
  userSessionsResponse,
  workersResponse,
  worldDeletedResponse,
} from "#core/protocol/oversight.ts";
import type { Operation } from "./operations.ts";

const common = { tag: "administration", auth: true } as const;

/** Of `operations`, those for administrators. */
export const adminOperations: Readonly<Record<string, Operation>> = {
  "GET /api/admin/worlds": {
    ...common,
    summary: "Every world there is or was, with who runs it, who is there and what time it is in it",
    answers: { 200: { description: "Oldest first", schema: overseenWorldsResponse } },
    errors: ["FORBIDDEN"],
  },
  "GET /api/admin/workers": {
    ...common,
    summary: "Which worker has which worlds, with their fences",
    answers: { 200: { description: "By name; one that has no world is not among them", schema: workersResponse } },
    errors: ["FORBIDDEN"],
  },
  "GET /api/admin/gateways": {
    ...common,
    summary: "The AI gateways that answer within a second: what waits, how long, and the hosts they see",
    answers: { 200: { description: "By name", schema: gatewaysResponse } },
    errors: ["FORBIDDEN"],
  },
  "GET /api/admin/audit": {
    ...common,
    summary: "Who registered, logged in, failed to, changed a password or was ended",
    query: auditQuery,
    answers: { 200: { description: "Newest first", schema: auditResponse } },
    errors: ["FORBIDDEN", "NOT_FOUND"],
  },
  "GET /api/admin/sessions": {
    ...common,
    summary: "A user and the sessions that are in force",
    query: userQuery,
    answers: { 200: { description: "Newest first", schema: userSessionsResponse } },
    errors: ["FORBIDDEN", "NOT_FOUND"],
  },
  "POST /api/admin/worlds/{id}/delete": {
    ...common,
    summary: "End a world: whoever is there goes to the lobby, its log stays",
    request: deleteWorldRequest,
    answers: { 200: { description: "It takes nobody in any more", schema: worldDeletedResponse } },
    errors: ["NOT_FOUND", "CONFLICT", "TIMEOUT"],
  },
};
