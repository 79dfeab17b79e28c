import { deflate, inflate } from "node:zlib";
import { promisify } from "node:util";
import type { WeatherStates } from "#core/ports/weather.ts";
import type { Postgres } from "./postgres.ts";

// In base64 over the wire, which every driver carries as it is.

const save = `
  insert into weather_states as kept (world_id, fence, step, origin_step, push_count, state)
  values ($1, $2, $3, $4, $5, decode($6, 'base64'))
  on conflict (world_id) do update set fence = excluded.fence, step = excluded.step, origin_step = excluded.origin_step,
    push_count = excluded.push_count, state = excluded.state
  where kept.fence <= excluded.fence`;

const latest = `
  select step, origin_step, push_count, encode(state, 'base64') as state from weather_states where world_id = $1`;

type Row = { readonly step: number; readonly origin_step: number; readonly push_count: number; readonly state: string };

export function postgresWeatherStates(postgres: Postgres): WeatherStates {
  return {
    async save(worldId, fence, { step, originStep, pushCount, state }) {
      const packed = await promisify(deflate)(state, { level: 1 });
      const values = [worldId, fence, step, originStep, pushCount, packed.toString("base64")];
      await postgres.statement("weather_states_save", save, values);
    },

    async latest(worldId) {
      const [row] = (await postgres.statement("weather_states_latest", latest, [worldId])) as Row[];
      if (row === undefined) return null;
      const state = await promisify(inflate)(Buffer.from(row.state, "base64"));
      return {
        step: row.step,
        originStep: row.origin_step,
        pushCount: row.push_count,
        state: new Uint8Array(state),
      };
    },
  };
}
