import type { Postgres } from "#adapters/postgres/postgres.ts";
import type { EventMetadata, WorldEvent } from "#core/world/model.ts";

// The log does not say which process wrote an event. So the database notes it itself, in the transaction of the append: who wrote, by the
// name of the connection, and who owned the world at that moment. Writers must have their name as `application_name` in their URL.

const install = `
  create schema chaos;
  create table chaos.appends (
    position bigint primary key, writer text not null, owner text, fence bigint
  );
  create table chaos.hands (
    id bigint generated always as identity primary key, world_id uuid not null, owner text, fence bigint not null,
    at timestamptz not null default clock_timestamp()
  );
  create function chaos.note_append() returns trigger language plpgsql as $$
    begin
      insert into chaos.appends
      select new.position, current_setting('application_name'), lease.owner, lease.fence
      from (select new.stream as stream) as appended left join public.leases as lease on lease.world_id = appended.stream;
      return null;
    end $$;
  create function chaos.note_hands() returns trigger language plpgsql as $$
    begin
      if tg_op = 'INSERT' or old.owner is distinct from new.owner or old.fence <> new.fence then
        insert into chaos.hands (world_id, owner, fence) values (new.world_id, new.owner, new.fence);
      end if;
      return null;
    end $$;
  create trigger note_append after insert on public.events for each row execute function chaos.note_append();
  create trigger note_hands after insert or update on public.leases for each row execute function chaos.note_hands();
  -- Those that were taken before anybody watched.
  insert into chaos.hands (world_id, owner, fence) select world_id, owner, fence from public.leases`;

/** Before the first event. */
export async function installAudit(postgres: Postgres): Promise<void> {
  await postgres.session((client) => client.query(install));
}

/** One fact, and who wrote it while who owned its world. */
export type Witnessed = {
  readonly position: number;
  readonly worldId: string;
  readonly version: number;
  readonly event: WorldEvent;
  readonly metadata: EventMetadata;
  readonly writer: string;
  readonly owner: string | null;
  readonly fence: number | null;
};

/** A change of hands; `owner` null where the world was given up. */
export type HandOver = {
  readonly worldId: string;
  readonly owner: string | null;
  readonly fence: number;
  readonly atMs: number;
};

export async function witnessed(postgres: Postgres): Promise<Witnessed[]> {
  const rows = await postgres.statement(
    "chaos_witnessed",
    `select events.position, stream, version, type, payload, metadata, writer, owner, fence
     from events left join chaos.appends using (position) order by events.position`,
    [],
  );
  return rows.map((row) => ({
    position: Number(row["position"]),
    worldId: row["stream"] as string,
    version: row["version"] as number,
    event: { type: row["type"], ...(row["payload"] as object) } as WorldEvent,
    metadata: row["metadata"] as EventMetadata,
    writer: row["writer"] as string,
    owner: row["owner"] as string | null,
    fence: row["fence"] === null ? null : Number(row["fence"]),
  }));
}

export async function handOvers(postgres: Postgres): Promise<HandOver[]> {
  const rows = await postgres.statement(
    "chaos_hand_overs",
    "select world_id, owner, fence, extract(epoch from at) * 1000 as at_ms from chaos.hands order by id",
    [],
  );
  return rows.map((row) => ({
    worldId: row["world_id"] as string,
    owner: row["owner"] as string | null,
    fence: Number(row["fence"]),
    atMs: Number(row["at_ms"]),
  }));
}

/** Where the tables have each character. */
export async function whereabouts(postgres: Postgres): Promise<ReadonlyMap<string, string>> {
  const rows = await postgres.statement("chaos_whereabouts", "select id, world_id from characters", []);
  return new Map(rows.map((row) => [row["id"] as string, row["world_id"] as string]));
}
