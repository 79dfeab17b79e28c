import { sql } from "drizzle-orm";
import type { InterviewId } from "#core/interview/model.ts";
import type { WorldId } from "#core/lib/ids.ts";
import type { PersonalData } from "#core/ports/accounts.ts";
import type { FeedEvent } from "#core/ports/feed.ts";
import type { Postgres } from "./postgres.ts";

/** Looked through for one page: a tenth of a second or so. There is no index by person, which every append would pay for. */
export const eventsLookedThroughMax = 50_000;

/*
 * The bound is on positions, not on rows: those have gaps, so that a page may look at fewer.
 */
const eventsText = `
  with last as (select coalesce(max(position), 0) as position from events),
  found as (
    select position, stream, version, type, schema_version, payload, metadata, recorded_at from events
    where position > $2::bigint and position <= $2::bigint + ${eventsLookedThroughMax} and type <> 'heard'
      and (payload ->> 'characterId' = any($1) or payload #>> '{body,id}' = any($1) or metadata ->> 'actorId' = any($1))
    order by position limit $3::integer + 1
  )
  select (select position from last)::float8 as last, (select json_agg(found order by position) from found) as found`;

const interviewEventsText = `
  select interview_id, said.version, type, schema_version, payload, metadata
  from interviews join interview_events as said on said.interview_id = interviews.id
  where user_id = $1 order by started_at, interviews.id, said.version offset $2::integer limit $3::integer`;

type Found = {
  readonly position: number;
  readonly stream: WorldId;
  readonly version: number;
  readonly type: string;
  readonly schema_version: number;
  readonly payload: unknown;
  readonly metadata: unknown;
  readonly recorded_at: string;
};

export function postgresPersonalData(postgres: Postgres): PersonalData {
  return {
    async worldsOf(id) {
      const rows = await postgres.statement(
        "",
        "select id, name, created_at from worlds where owner_id = $1 order by created_at, id",
        [id],
      );
      return rows.map((row) => ({
        id: row["id"] as WorldId,
        name: row["name"] as string,
        createdAtMs: new Date(row["created_at"] as string).getTime(),
      }));
    },

    async eventsOf(ids, after, limit) {
      const [row] = await postgres.statement("", eventsText, [ids, after, limit]);
      const found = (row?.["found"] ?? []) as Found[];
      const events = found.slice(0, limit).map(eventOf);
      const lookedThrough = after + eventsLookedThroughMax;
      const isLast = Number(row?.["last"] ?? 0) <= lookedThrough;
      if (found.length > limit) return { events, next: events.at(-1)?.position ?? null };
      return { events, next: isLast ? null : lookedThrough };
    },

    async interviewEventsOf(id, { skip, limit }) {
      const rows = await postgres.statement("", interviewEventsText, [id, skip, limit]);
      return rows.map((row) => ({
        interviewId: row["interview_id"] as InterviewId,
        version: row["version"] as number,
        type: row["type"] as string,
        schemaVersion: row["schema_version"] as number,
        payload: row["payload"],
        metadata: row["metadata"],
      }));
    },

    erase: (id, { event, letter }) =>
      postgres.run((db) =>
        db.transaction(async (tx) => {
          const found = await tx.execute(
            sql`select lower(email) as email from accounts where id = ${id} and deletion_begun_at is not null for update`,
          );
          const email = found.rows[0]?.["email"];
          if (email === undefined) return false;
          await tx.execute(sql`delete from characters where user_id = ${id}`);
          await tx.execute(sql`update worlds set owner_id = null where owner_id = ${id}`);
          await tx.execute(sql`update audit_events set address = null, session_id = null where user_id = ${id}`);
          await tx.execute(sql`delete from letters where user_id = ${id} or "to" = ${email}`);
          // Its sessions and mail tokens go with it.
          await tx.execute(sql`delete from accounts where id = ${id}`);
          await tx.execute(sql`
            insert into audit_events (type, at, user_id) values (${event.type}, ${instant(event.atMs)}, ${id})`);
          if (letter === null) return true;
          const { id: letterId, kind, to, userId, atMs } = letter;
          await tx.execute(sql`
            insert into letters (id, kind, "to", user_id, at, due_at)
            values (${letterId}, ${kind}, ${to}, ${userId}, ${instant(atMs)}, ${instant(atMs)})`);
          return true;
        }),
      ),
  };
}

function eventOf(found: Found): FeedEvent {
  return {
    position: found.position,
    worldId: found.stream,
    version: found.version,
    type: found.type,
    schemaVersion: found.schema_version,
    payload: found.payload,
    metadata: found.metadata,
    recordedAtMs: new Date(found.recorded_at).getTime(),
  };
}

const instant = (ms: number): string => new Date(ms).toISOString();
