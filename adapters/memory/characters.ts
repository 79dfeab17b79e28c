import { notRolled } from "#core/character/biography/model.ts";
import { beginningOf } from "#core/character/biography/stored.ts";
import type { CharacterRecord } from "#core/character/model.ts";
import type { NpcId, UserId, WorldId } from "#core/lib/ids.ts";
import type { Characters } from "#core/ports/characters.ts";
import { appended, type MemoryTables } from "./tables.ts";

export function memoryCharacters({
  characters,
  accounts,
  biographies,
}: Pick<MemoryTables, "characters" | "accounts" | "biographies">): Characters {
  const ofUser = (userId: UserId) => [...characters.values()].filter((row) => row.userId === userId);
  const playedOf = (home: WorldId): Set<NpcId> =>
    new Set([...characters.values()].flatMap(({ homeWorldId, npcId }) => (homeWorldId === home ? (npcId ?? []) : [])));

  return {
    async create(character, birth = notRolled) {
      if (characters.has(character.id)) return "exists";
      if (ofUser(character.userId).some((row) => row.homeWorldId === character.homeWorldId)) return "exists";
      const { npcId, homeWorldId } = character;
      if (npcId !== undefined && playedOf(homeWorldId).has(npcId)) return "npc-taken";
      characters.set(character.id, structuredClone(character));
      biographies.set(character.id, appended([], [beginningOf(character, birth)]));
      return "created";
    },

    async get(id) {
      return structuredClone(characters.get(id) ?? null);
    },

    async getMany(ids) {
      return structuredClone([...new Set(ids)].flatMap((id) => characters.get(id) ?? []));
    },

    async ofUser(userId) {
      return structuredClone(ofUser(userId).toSorted(lastPlayedFirst));
    },

    async ofHome(userId, homeWorldId) {
      return structuredClone(ofUser(userId).find((row) => row.homeWorldId === homeWorldId) ?? null);
    },

    async inhabited(homeWorldId) {
      return playedOf(homeWorldId);
    },

    async recordJoin(id, atMs) {
      const character = characters.get(id);
      if (character === undefined) return;
      characters.set(id, { ...character, lastPlayedAtMs: atMs });
      const account = accounts.get(character.userId);
      if (account !== undefined) accounts.set(account.id, { ...account, lastWorldId: character.worldId });
    },
  };
}

function lastPlayedFirst(one: CharacterRecord, other: CharacterRecord): number {
  const [played, otherPlayed] = [one.lastPlayedAtMs ?? -Infinity, other.lastPlayedAtMs ?? -Infinity];
  if (played !== otherPlayed) return played > otherPlayed ? -1 : 1;
  return other.createdAtMs - one.createdAtMs || (one.id < other.id ? -1 : 1);
}
