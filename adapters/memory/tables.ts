import type { Account, Session } from "#core/account/model.ts";
import type { CharacterRecord } from "#core/character/model.ts";
import type { CharacterId, SessionId, UserId, WorldId } from "#core/lib/ids.ts";
import type { StoredEvent, StoredSnapshot } from "#core/ports.ts";
import type { WorldRecord } from "#core/world/spec.ts";

export type LeaseRow = { readonly owner: string | null; readonly fence: number; readonly expiresAtMs: number };

/** What the twins of the database's ports share, as its adapters share tables. Rows are replaced, never changed; events are only added. */
export type MemoryTables = {
  readonly accounts: Map<UserId, Account & { readonly passwordHash: string }>;
  readonly sessions: Map<SessionId, Session>;
  readonly worlds: Map<WorldId, WorldRecord>;
  readonly characters: Map<CharacterId, CharacterRecord>;
  readonly events: Map<WorldId, StoredEvent[]>;
  readonly snapshots: Map<WorldId, StoredSnapshot[]>;
  readonly leases: Map<WorldId, LeaseRow>;
};

export function memoryTables(): MemoryTables {
  return {
    accounts: new Map(),
    sessions: new Map(),
    worlds: new Map(),
    characters: new Map(),
    events: new Map(),
    snapshots: new Map(),
    leases: new Map(),
  };
}
