import { and, eq, inArray } from "drizzle-orm";
import type { Projections } from "#core/ports/feed.ts";
import { projectionDocuments, projections } from "#drizzle/schema/projections.ts";
import type { Postgres } from "./postgres.ts";

// One statement, hence one transaction: of two that are at the same position one waits for the other's row, and then finds it elsewhere.
const advance = `
  with moved as (
    insert into projections as kept (name, position) select $1, $3 where $2 = 0::bigint or exists (select from projections where name = $1)
    on conflict (name) do update set position = excluded.position where kept.position = $2
    returning name
  ),
  deleted as (
    delete from projection_documents using moved where projection = moved.name and key = any($6::text[])
  ),
  stored as (
    insert into projection_documents (projection, key, document)
    select moved.name, given.key, given.document::json from moved, unnest($4::text[], $5::text[]) as given (key, document)
    on conflict (projection, key) do update set document = excluded.document
  )
  select name from moved`;

export function postgresProjections(postgres: Postgres): Projections {
  return {
    async position(name) {
      const [row] = await postgres.run((db) => db.select().from(projections).where(eq(projections.name, name)));
      return row?.position ?? 0;
    },

    async get(name, keys) {
      if (keys.length === 0) return new Map();
      const rows = await postgres.run((db) =>
        db
          .select()
          .from(projectionDocuments)
          .where(and(eq(projectionDocuments.projection, name), inArray(projectionDocuments.key, [...keys]))),
      );
      return new Map(rows.map(({ key, document }) => [key, document]));
    },

    async advance({ name, from, to, documents }) {
      const kept = [...documents].filter(([, document]) => document !== null);
      const gone = [...documents].filter(([, document]) => document === null).map(([key]) => key);
      const values = [name, from, to, kept.map(([key]) => key), kept.map(([, each]) => JSON.stringify(each)), gone];
      return (await postgres.statement("projections_advance", advance, values)).length === 1 ? "advanced" : "elsewhere";
    },

    async reset(name) {
      await postgres.run((db) => db.delete(projections).where(eq(projections.name, name)));
    },
  };
}
