import type { WorldId } from "#core/lib/ids.ts";
import type { EventFeed, FeedEvent } from "#core/ports/feed.ts";
import type { Postgres } from "./postgres.ts";

/*
 * Positions are drawn from a sequence before their transactions commit, so a later one may be seen before an earlier one: whoever goes on from
 * it would never see the earlier. A position that is missing before one that is there belongs to a transaction that is still open, or to one
 * that was undone; nothing in the table tells which.
 *
 * What tells is transaction numbers (PostgreSQL 15, 9.27 "Transaction ID and Snapshot Information Functions"; they are 64 bits and never
 * return). A writer has its number before it draws a position (world-log.ts). So, having seen position p, take a number t: every transaction
 * that holds a position below p has one below t. Once the oldest open transaction of a snapshot is t or later, they are all over, and a
 * position below p that this snapshot does not show will never be filled. `pg_snapshot_xmax` would not do for t: it is one past the last
 * transaction that has *ended*, and the writer of the gap may be newer than that.
 *
 * Rejected: a stored xid8 as the order (ordering by transaction, as event-driven.io's "How Postgres sequences issues can impact your messaging
 * guarantees" does), for numbers start again when a dump is restored elsewhere; waiting a while (Marten's high-water mark), which only guesses;
 * one lock for all appends, which makes every world wait for every other.
 */
const page = `
  select position, stream, version, type, schema_version, payload, metadata, extract(epoch from recorded_at) * 1000 as recorded_at_ms,
    pg_snapshot_xmin(pg_current_snapshot())::text as oldest_open
  from events where position > $1 order by position limit $2`;

const ask = `select max(position) as below, pg_current_xact_id()::text as number from events`;

export function postgresEventFeed(postgres: Postgres): EventFeed {
  /** No event will appear at a position below this one that is free in a snapshot taken from now on. */
  let settledBelow = 0;
  /** Once every transaction before `number` is over, everything below `below` is settled. */
  let question: { readonly below: number; readonly number: bigint } | null = null;

  const attempt = async (afterPosition: number, limit: number) => {
    // Of what is known now, before the snapshot: later knowledge is about later snapshots.
    const known = { settledBelow, question };
    const rows = await postgres.statement("event_feed_page", page, [afterPosition, limit]);
    if (rows.length === 0) return { events: [], isHeldBack: false };
    const isAnswered = known.question !== null && BigInt(String(rows[0]?.["oldest_open"])) >= known.question.number;
    const settled = Math.max(known.settledBelow, isAnswered ? (known.question?.below ?? 0) : 0);
    if (isAnswered && question === known.question) question = null;
    settledBelow = Math.max(settledBelow, settled);
    const events = rows.map(eventOf);
    const sure = events.findIndex(
      ({ position }, index) => position > settled && position !== (events[index - 1]?.position ?? afterPosition) + 1,
    );
    return sure === -1 ? { events, isHeldBack: false } : { events: events.slice(0, sure), isHeldBack: true };
  };

  return {
    async read(afterPosition, limit) {
      const first = await attempt(afterPosition, limit);
      if (!first.isHeldBack || first.events.length > 0 || question !== null) return first.events;
      const [row] = await postgres.statement("event_feed_ask", ask, []);
      question = { below: Number(row?.["below"]), number: BigInt(String(row?.["number"])) };
      return (await attempt(afterPosition, limit)).events;
    },
  };
}

function eventOf(row: Record<string, unknown>): FeedEvent {
  return {
    position: Number(row["position"]),
    worldId: row["stream"] as WorldId,
    version: Number(row["version"]),
    type: row["type"] as string,
    schemaVersion: Number(row["schema_version"]),
    payload: row["payload"],
    metadata: row["metadata"],
    recordedAtMs: Math.floor(Number(row["recorded_at_ms"])),
  };
}
