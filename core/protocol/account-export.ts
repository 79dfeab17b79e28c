import * as z from "zod";
import { sessionsResponse, userResponse } from "./account.ts";
import { auditTypes } from "./audit-types.ts";
import { characterResponse } from "./character.ts";

const auditEntry = z.object({
  type: z.enum(auditTypes),
  at: z.iso.datetime(),
  session_id: z.guid().nullable(),
  address: z.string().nullable(),
});

const worldEvent = z.object({
  world_id: z.guid(),
  version: z.int(),
  type: z.string(),
  at: z.iso.datetime(),
  payload: z.unknown(),
});

const interviewEvent = z.object({
  interview_id: z.guid(),
  version: z.int(),
  type: z.string(),
  at: z.iso.datetime(),
  payload: z.unknown(),
});

const biographyEvent = z.object({
  character_id: z.guid(),
  version: z.int(),
  type: z.string(),
  at: z.iso.datetime(),
  payload: z.unknown(),
});

/** One page. Everything but events comes with the first, which has none of those. What was said in interviews comes before what was done in worlds. */
export const accountExportResponse = z.object({
  account: userResponse.optional(),
  sessions: sessionsResponse.shape.sessions.optional(),
  characters: z.array(characterResponse).optional(),
  worlds: z.array(z.object({ id: z.guid(), name: z.string(), created_at: z.iso.datetime() })).optional(),
  audit: z.array(auditEntry).optional(),
  interview_events: z.array(interviewEvent).optional(),
  events: z.array(worldEvent),
  /** Of one's characters' own histories; after all of those of worlds. */
  biography_events: z.array(biographyEvent),
  /** What `after` is to be for the next page; null: this was the last. */
  next: z.int().nullable(),
});
export type AccountExportResponse = z.infer<typeof accountExportResponse>;

export const accountExportQuery = z.object({
  after: z
    .string()
    .regex(/^\d{1,15}$/, "must be what `next` was")
    .transform(Number)
    .optional(),
});
