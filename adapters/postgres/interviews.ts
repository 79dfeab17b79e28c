import { and, asc, desc, eq, isNotNull, sql } from "drizzle-orm";
import type { InterviewId } from "#core/interview/model.ts";
import type { InterviewMaking, Interviews } from "#core/ports/interviews.ts";
import type { NewEvent } from "#core/ports/world-log.ts";
import { interviewEvents, interviews } from "#drizzle/schema/interviews.ts";
import { brokenUnique } from "./errors.ts";
import type { Postgres } from "./postgres.ts";

// The row and its events in one statement: none without the others, and nobody waits for a second round trip.
const beginText = `
  with begun as (
    insert into interviews (id, user_id, status, version, started_at, changed_at)
    values ($1::uuid, $2::uuid, 'open', cardinality($4::text[]), $3::timestamptz, $3::timestamptz) returning id
  )
  insert into interview_events (interview_id, version, type, schema_version, payload, metadata)
  select begun.id, number, type, schema_version, payload::json, metadata::json
  from begun, unnest($4::text[], $5::integer[], $6::text[], $7::text[])
    with ordinality as given (type, schema_version, payload, metadata, number)`;

const appendText = `
  with moved as (
    update interviews set version = version + cardinality($4::text[]), status = $8, makes_world_id = $9::uuid, changed_at = $3::timestamptz
    where id = $1::uuid and version = $2::integer returning id
  ),
  added as (
    insert into interview_events (interview_id, version, type, schema_version, payload, metadata)
    select moved.id, $2::integer + number, type, schema_version, payload::json, metadata::json
    from moved, unnest($4::text[], $5::integer[], $6::text[], $7::text[])
      with ordinality as given (type, schema_version, payload, metadata, number)
  )
  select id from moved`;

export function postgresInterviews(postgres: Postgres): Interviews {
  const openOf: Interviews["openOf"] = async (userId) => {
    const [row] = await postgres.run((db) =>
      db
        .select({ id: interviews.id })
        .from(interviews)
        .where(and(eq(interviews.userId, userId), eq(interviews.status, "open"))),
    );
    return (row?.id as InterviewId | undefined) ?? null;
  };

  return {
    openOf,

    async latestOf(userId) {
      const [row] = await postgres.run((db) =>
        db
          .select({ id: interviews.id })
          .from(interviews)
          .where(eq(interviews.userId, userId))
          .orderBy(sql`${interviews.status} = 'open' desc`, desc(interviews.startedAt), desc(interviews.id))
          .limit(1),
      );
      return (row?.id as InterviewId | undefined) ?? null;
    },

    making: (limit) => making(postgres, limit),

    async begin({ id, userId, atMs }, firstEvents) {
      // The other one may have ended between the refusal and the look for it: then there is room for this one.
      for (let attempt = 0; attempt < beginAttemptsMax; attempt++) {
        try {
          const values = [id, userId, new Date(atMs).toISOString(), ...columnsOf(firstEvents)];
          await postgres.statement("interviews_begin", beginText, values);
          return null;
        } catch (error) {
          if (brokenUnique(error) !== "interviews_open_unique") throw error;
          const open = await openOf(userId);
          if (open !== null) return open;
        }
      }
      throw new Error("an interview could not begin beside one that nobody finds");
    },

    async get(id) {
      const rows = await postgres.run((db) =>
        db
          .select()
          .from(interviews)
          .innerJoin(interviewEvents, eq(interviewEvents.interviewId, interviews.id))
          .where(eq(interviews.id, id))
          .orderBy(asc(interviewEvents.version)),
      );
      const [first] = rows;
      if (first === undefined) return null;
      const { userId, status } = first.interviews;
      const events = rows.map(({ interview_events: { interviewId: _, ...event } }) => event);
      return { id, userId, status, events };
    },

    async append(id, { expectedVersion, events, status, makes, atMs }) {
      const values = [id, expectedVersion, new Date(atMs).toISOString(), ...columnsOf(events), status, makes];
      const moved = await postgres.statement("interviews_append", appendText, values);
      return moved.length === 1 ? "appended" : "wrong-version";
    },
  };
}

async function making(postgres: Postgres, limit: number): Promise<InterviewMaking[]> {
  const { id, userId, makesWorldId, changedAt } = interviews;
  const rows = await postgres.run((db) =>
    db
      .select({ id, userId, worldId: makesWorldId })
      .from(interviews)
      .where(isNotNull(makesWorldId))
      .orderBy(asc(changedAt))
      .limit(limit),
  );
  return rows.map((row) => ({ id: row.id as InterviewId, userId: row.userId, worldId: row.worldId! }));
}

const beginAttemptsMax = 3;

function columnsOf(events: readonly NewEvent[]): unknown[] {
  return [
    events.map(({ type }) => type),
    events.map(({ schemaVersion }) => schemaVersion),
    events.map(({ payload }) => JSON.stringify(payload)),
    events.map(({ metadata }) => JSON.stringify(metadata)),
  ];
}
