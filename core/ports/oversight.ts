import type { AccountRole } from "../account/model.ts";
import type { UserId, WorldId } from "../lib/ids.ts";

export type UserRow = {
  readonly id: UserId;
  readonly username: string;
  readonly email: string;
  readonly role: AccountRole;
  readonly characters: number;
  readonly createdAt: string;
  readonly lastLoginAt: string | null;
  readonly bannedAt: string | null;
};

export type WorldRow = {
  readonly id: WorldId;
  readonly name: string;
  /** Beside the registry's own: asleep, faulted, quarantined, deleted. */
  readonly status: string;
  /** What it failed by last. */
  readonly fault: string | null;
  readonly owner: string | null;
  readonly events: number;
  readonly characters: number;
  readonly createdAt: string;
};

export type LeaseRow = {
  readonly worldId: WorldId;
  readonly world: string;
  readonly owner: string | null;
  readonly fence: number;
  /** Negative once it has run out. */
  readonly remainingMs: number | null;
};

/** What operators see of everybody, and change nothing by. Lists have at most `oversightMax` rows. */
export type Oversight = {
  /** By id, e-mail address or username, without regard to case. */
  user(text: string): Promise<UserRow | null>;
  /** Oldest first, those that are deleted among them. */
  worlds(): Promise<WorldRow[]>;
  /** By the names of the worlds; of those that have never been owned there is none. */
  leases(): Promise<LeaseRow[]>;
};

export const oversightMax = 1_000;
