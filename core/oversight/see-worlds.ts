import { countPresent } from "../character/count-present.ts";
import type { WorldId } from "../lib/ids.ts";
import type { Connections } from "../ports/connections.ts";
import type { LeaseRow, Oversight, WorldRow } from "../ports/oversight.ts";
import type { Clock } from "../ports/system.ts";
import type { Worlds } from "../ports/worlds.ts";
import { type ClockReading, readClock } from "../world/read-clock.ts";

type Ctx = {
  readonly oversight: Oversight;
  readonly worlds: Worlds;
  readonly connections: Connections;
  readonly clock: Clock;
};

export type OverseenWorld = WorldRow & {
  readonly players: number;
  /** Who runs it just now. */
  readonly worker: string | null;
  readonly fence: number | null;
  readonly reading: ClockReading | null;
};

/** Every world there is or was, with who runs it, who is there, and what time it is in it. */
export async function seeWorlds(ctx: Ctx): Promise<OverseenWorld[]> {
  const [rows, leases, records, present] = await Promise.all([
    ctx.oversight.worlds(),
    ctx.oversight.leases(),
    ctx.worlds.list(),
    countPresent(ctx),
  ]);
  const leaseOf = new Map(leases.map((lease) => [lease.worldId, lease]));
  const recordOf = new Map(records.map((record) => [record.id, record]));
  return rows.map((row) => {
    const lease = leaseOf.get(row.id);
    const clock = recordOf.get(row.id)?.clock;
    return {
      ...row,
      players: present.get(row.id) ?? 0,
      worker: lease !== undefined && isHeld(lease) ? lease.owner : null,
      fence: lease?.fence ?? null,
      reading: clock === undefined ? null : readClock(clock, ctx.clock.nowMs()),
    };
  });
}

export type Workers = {
  readonly workers: readonly { readonly name: string; readonly worlds: readonly LeaseRow[] }[];
  readonly unowned: readonly WorldId[];
};

/** Which worker has which worlds. One that has none is not among them. */
export async function seeWorkers({ oversight }: Pick<Ctx, "oversight">): Promise<Workers> {
  const leases = await oversight.leases();
  const held = leases.filter(isHeld);
  const byName = Map.groupBy(held, ({ owner }) => owner ?? "");
  return {
    workers: [...byName].map(([name, worlds]) => ({ name, worlds })).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    unowned: leases.filter((lease) => !isHeld(lease)).map(({ worldId }) => worldId),
  };
}

const isHeld = ({ owner, remainingMs }: LeaseRow): boolean => owner !== null && (remainingMs ?? 0) > 0;
