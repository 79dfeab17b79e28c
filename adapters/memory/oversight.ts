import { type Oversight, oversightMax } from "#core/ports/oversight.ts";
import type { Clock } from "#core/ports/system.ts";
import type { AccountRow, MemoryTables, WorldRow } from "./tables.ts";

type Tables = Pick<MemoryTables, "accounts" | "worlds" | "leases" | "characters" | "events">;

export function memoryOversight(tables: Tables, clock: Pick<Clock, "nowMs">): Oversight {
  const charactersOf = (matches: (of: { readonly userId: string; readonly worldId: string }) => boolean): number =>
    [...tables.characters.values()].filter(matches).length;
  return {
    async user(text) {
      const wanted = text.toLowerCase();
      const isMeant = ({ id, email, username }: AccountRow) => [id, email, username.toLowerCase()].includes(wanted);
      const account = [...tables.accounts.values()].find(isMeant);
      if (account === undefined) return null;
      const { id, username, email, role, createdAtMs, lastLoginAtMs, bannedAtMs = null } = account;
      return {
        id,
        username,
        email,
        role,
        characters: charactersOf(({ userId }) => userId === id),
        createdAt: instant(createdAtMs),
        lastLoginAt: lastLoginAtMs === null ? null : instant(lastLoginAtMs),
        bannedAt: bannedAtMs === null ? null : instant(bannedAtMs),
      };
    },

    async worlds() {
      const oldestFirst = [...tables.worlds.values()].toSorted(
        (a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1),
      );
      return oldestFirst.slice(0, oversightMax).map((world) => ({
        id: world.id,
        name: world.name,
        status: statusOf(world),
        fault: world.fault?.reason ?? null,
        owner: world.ownerId === null ? null : (tables.accounts.get(world.ownerId)?.username ?? null),
        events: tables.events.get(world.id)?.at(-1)?.version ?? 0,
        characters: charactersOf(({ worldId }) => worldId === world.id),
        createdAt: instant(world.createdAtMs),
      }));
    },

    async leases() {
      const rows = [...tables.leases].flatMap(([worldId, { owner, fence, expiresAtMs }]) => {
        const world = tables.worlds.get(worldId)?.name;
        const remainingMs = owner === null ? null : expiresAtMs - clock.nowMs();
        return world === undefined ? [] : [{ worldId, world, owner, fence, remainingMs }];
      });
      return rows
        .toSorted((a, b) => (a.world < b.world ? -1 : a.world > b.world ? 1 : a.worldId < b.worldId ? -1 : 1))
        .slice(0, oversightMax);
    },
  };
}

function statusOf({ status, fault, isAsleep = false, deletedAtMs }: WorldRow): string {
  if (deletedAtMs !== undefined) return "deleted";
  if (fault?.isQuarantined === true) return "quarantined";
  if (fault !== undefined) return "faulted";
  return isAsleep && status === "active" ? "asleep" : status;
}

const instant = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
