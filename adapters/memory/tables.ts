import type { AuditRecord } from "#core/account/audit.ts";
import type { Letter } from "#core/account/letter.ts";
import type { Account, Session } from "#core/account/model.ts";
import type { RefreshFamily } from "#core/account/refresh-family.ts";
import type { CharacterRecord } from "#core/character/model.ts";
import type { CharacterId, SessionId, UserId, WorldId } from "#core/lib/ids.ts";
import type { InterviewId } from "#core/interview/model.ts";
import type { FeedEvent } from "#core/ports/feed.ts";
import type { StoredInterview } from "#core/ports/interviews.ts";
import type { NewMailToken } from "#core/ports/mail.ts";
import type { Placed } from "#core/ports/placements.ts";
import type { StoredWeather } from "#core/ports/weather.ts";
import type { NewEvent, StoredEvent, StoredSnapshot } from "#core/ports/world-log.ts";
import type { WorldRecord } from "#core/world/spec.ts";

export type LeaseRow = { readonly owner: string | null; readonly fence: number; readonly expiresAtMs: number };

export type AccountRow = Account & {
  readonly passwordHash: string;
  readonly bannedAtMs?: number | null;
  readonly deletionBegunAtMs?: number | null;
};

export const isLeaving = ({ deletionBegunAtMs = null }: AccountRow): boolean => deletionBegunAtMs !== null;

export type LetterRow = Letter & { readonly dueAtMs: number };

export type SessionRow = Session & { readonly family: RefreshFamily | null };

export type ProjectionRow = { readonly position: number; readonly documents: ReadonlyMap<string, unknown> };

export type InterviewRow = StoredInterview & { readonly makes?: WorldId | null };

export type WorldRow = WorldRecord & {
  readonly logVersion?: number;
  readonly isAsleep?: boolean;
  readonly deletedAtMs?: number;
};

/** What the twins of the database's ports share, as its adapters share tables. Rows are replaced, never changed; events are only added. */
export type MemoryTables = {
  readonly accounts: Map<UserId, AccountRow>;
  readonly sessions: Map<SessionId, SessionRow>;
  /** Oldest first. */
  readonly audit: AuditRecord[];
  readonly letters: Map<string, LetterRow>;
  /** By user and purpose. */
  readonly mailTokens: Map<string, NewMailToken>;
  readonly worlds: Map<WorldId, WorldRow>;
  readonly interviews: Map<InterviewId, InterviewRow>;
  readonly planets: Map<WorldId, Uint8Array>;
  readonly characters: Map<CharacterId, CharacterRecord>;
  /** Of characters; those of worlds are in `events`. */
  readonly biographies: Map<CharacterId, StoredEvent[]>;
  readonly biographySnapshots: Map<CharacterId, StoredSnapshot[]>;
  readonly events: Map<WorldId, StoredEvent[]>;
  /** The same events in the order of their positions. */
  readonly feed: FeedEvent[];
  readonly projections: Map<string, ProjectionRow>;
  readonly snapshots: Map<WorldId, StoredSnapshot[]>;
  readonly weatherStates: Map<WorldId, { readonly fence: number; readonly weather: StoredWeather }>;
  /** By kind and id. */
  readonly placements: Map<WorldId, Map<string, Placed>>;
  readonly leases: Map<WorldId, LeaseRow>;
  /** When each is alive no more, unless it says so again. */
  readonly workers: Map<string, number>;
};

export function memoryTables(): MemoryTables {
  return {
    accounts: new Map(),
    sessions: new Map(),
    audit: [],
    letters: new Map(),
    mailTokens: new Map(),
    worlds: new Map(),
    interviews: new Map(),
    planets: new Map(),
    characters: new Map(),
    biographies: new Map(),
    biographySnapshots: new Map(),
    events: new Map(),
    feed: [],
    projections: new Map(),
    snapshots: new Map(),
    weatherStates: new Map(),
    placements: new Map(),
    leases: new Map(),
    workers: new Map(),
  };
}

/** A stream with events at its end. Only what is JSON survives in the real thing. */
export function appended(stream: readonly StoredEvent[], events: readonly NewEvent[]): StoredEvent[] {
  const kept = JSON.parse(JSON.stringify(events)) as NewEvent[];
  return [...stream, ...kept.map((event, index) => ({ ...event, version: stream.length + index + 1 }))];
}
