import * as z from "zod";
import { auditTypes } from "./audit-types.ts";
import { gatewayStatus } from "./llm-status.ts";
import { clockReading } from "./world-subjects.ts";

// What administrators see of everybody.

export const overseenWorld = z.object({
  id: z.guid(),
  name: z.string(),
  /** Those of the world, and: asleep, faulted, quarantined, deleted. */
  status: z.string(),
  fault: z.string().nullable(),
  /** The player whose it is; null: the system's. */
  owner: z.string().nullable(),
  events: z.int(),
  characters: z.int(),
  player_count: z.int(),
  /** Which worker runs it just now. */
  worker: z.string().nullable(),
  fence: z.int().nullable(),
  /** null of one that is deleted, or has never been opened. */
  clock: clockReading.nullable(),
  created_at: z.string(),
});
export const overseenWorldsResponse = z.object({ worlds: z.array(overseenWorld) });
export type OverseenWorlds = z.infer<typeof overseenWorldsResponse>;

export const workersResponse = z.object({
  workers: z.array(
    z.object({
      name: z.string(),
      worlds: z.array(
        z.object({ id: z.guid(), name: z.string(), fence: z.int(), remaining_ms: z.number().nullable() }),
      ),
    }),
  ),
  /** Of worlds that were owned once and are not now: they are asleep, or between two owners. */
  unowned: z.int(),
});
export type WorkersResponse = z.infer<typeof workersResponse>;

export const gatewaysResponse = z.object({ gateways: z.array(gatewayStatus.omit({ settings: true })) });
export type GatewaysResponse = z.infer<typeof gatewaysResponse>;

export const auditPageMax = 500;
const user = z.string().trim().min(1).max(320).describe("By id, e-mail address or username");
export const auditQuery = z.object({
  user: user.exactOptional(),
  limit: z.coerce.number().int().min(1).max(auditPageMax).default(100),
});
export const auditResponse = z.object({
  events: z.array(
    z.object({
      number: z.int(),
      at: z.iso.datetime(),
      type: z.enum(auditTypes),
      user_id: z.guid().nullable(),
      session_id: z.guid().nullable(),
      address: z.string().nullable(),
    }),
  ),
});
export type AuditResponse = z.infer<typeof auditResponse>;

export const userQuery = z.object({ user });
export const userSessionsResponse = z.object({
  user: z.object({
    id: z.guid(),
    username: z.string(),
    role: z.enum(["user", "admin"]),
    characters: z.int(),
    created_at: z.string(),
    last_login: z.string().nullable(),
    banned_at: z.string().nullable(),
  }),
  sessions: z.array(z.object({ id: z.guid(), created_at: z.iso.datetime(), expires_at: z.iso.datetime() })),
});
export type UserSessionsResponse = z.infer<typeof userSessionsResponse>;

/** A world goes only by its name, so that nobody takes one for another. */
export const deleteWorldRequest = z.object({ name: z.string().max(200) });
export const worldDeletedResponse = z.object({ world_id: z.guid() });
