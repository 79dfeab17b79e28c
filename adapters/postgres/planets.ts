import { assert } from "#core/lib/assert.ts";
import { planetBytesMax, type Planets } from "#core/ports/planets.ts";
import type { Postgres } from "./postgres.ts";

const getText = "select planet from planets where world_id = $1::uuid";

// One statement, hence one transaction: a world is never active without its planet. `spec` keeps the order of its keys, which jsonb would not;
// so the new spawn goes in as text.
const keepText = `
  with kept as (
    insert into planets (world_id, planet) values ($1::uuid, $2::bytea) on conflict (world_id) do nothing returning world_id
  ),
  activated as (
    update worlds set status = 'active', spec = $3::json from kept where id = world_id and status = 'generating'
  )
  select world_id from kept`;

export function postgresPlanets(postgres: Postgres): Planets {
  return {
    async get(id) {
      const [row] = await postgres.statement("planets_get", getText, [id]);
      return row === undefined ? null : new Uint8Array(row["planet"] as Uint8Array);
    },

    async keep(id, planet, spawn) {
      assert(planet.length <= planetBytesMax, `a planet of ${planet.length} bytes`);
      const [world] = await postgres.statement("", "select spec from worlds where id = $1::uuid", [id]);
      assert(world !== undefined, `a planet for ${id}, which is no world`);
      // A specification never changes otherwise, so what was read is what is there.
      const spec = world["spec"] as { spawn: object };
      const settled = { ...spec, spawn: { ...spec.spawn, position: spawn } };
      const values = [id, Buffer.from(planet), JSON.stringify(settled)];
      return (await postgres.statement("planets_keep", keepText, values)).length === 1;
    },
  };
}
