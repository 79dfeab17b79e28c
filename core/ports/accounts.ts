import type { AuditEvent } from "../account/audit.ts";
import type { NewLetter } from "../account/letter.ts";
import type { Account, AccountRole } from "../account/model.ts";
import type { CharacterId, UserId, WorldId } from "../lib/ids.ts";
import type { WorldRecord } from "../world/spec.ts";
import type { InterviewId } from "../interview/model.ts";
import type { FeedEvent } from "./feed.ts";
import type { StoredEvent } from "./world-log.ts";

export type NewAccount = Pick<Account, "id" | "email" | "username" | "createdAtMs"> & { readonly passwordHash: string };

export type Accounts = {
  /** Atomic: two racing for one e-mail or username (without regard to case), exactly one wins. */
  create(account: NewAccount): Promise<"created" | "email-taken" | "username-taken">;
  byId(id: UserId): Promise<Account | null>;
  /** With the hash, for login only. `email` is lower case. */
  byEmail(email: string): Promise<{ readonly account: Account; readonly passwordHash: string } | null>;
  recordLogin(id: UserId, atMs: number): Promise<void>;
  setLastWorld(id: UserId, worldId: WorldId): Promise<void>;
  /** Since when; null lifts it. False where there is no such account. */
  setBanned(id: UserId, sinceMs: number | null): Promise<boolean>;
  isBanned(id: UserId): Promise<boolean>;
  /** False where there is no such account. */
  setRole(id: UserId, role: AccountRole): Promise<boolean>;
  /** The same password at another cost. Atomic: only while the hash is still `from`. False where it is not, or there is no such account. */
  replacePasswordHash(id: UserId, hashes: { readonly from: string; readonly to: string }): Promise<boolean>;
  /** Another password. As `replacePasswordHash`; in the same step all that was mailed to the account stops being good. */
  changePasswordHash(id: UserId, hashes: { readonly from: string; readonly to: string }): Promise<boolean>;
  /**
   * The account is on its way out: from now on it is found neither by id nor by e-mail, and every method here takes it as one that is not there,
   * while its e-mail and username stay taken until it is erased. With `from` only while that is the hash. False where nothing began now.
   */
  beginDeletion(id: UserId, begun: { readonly from: string | null; readonly atMs: number }): Promise<boolean>;
  /** Those on their way out, the oldest first, at most `limit`. */
  deletionsBegun(limit: number): Promise<{ readonly id: UserId; readonly email: string }[]>;
};

/** What the tables and the log hold of one person. */
export type PersonalData = {
  /** Oldest first. */
  worldsOf(id: UserId): Promise<Pick<WorldRecord, "id" | "name" | "createdAtMs">[]>;
  /**
   * Events of all worlds after a position (0: from the first) that these characters brought about, in order, at most `limit`, with the position
   * to go on after; null at the end. It looks through a bounded part of the log, so that a page may be empty and not the last.
   */
  eventsOf(ids: readonly CharacterId[], after: number, limit: number): Promise<PersonalEvents>;
  /** Everything that was said in its interviews, and what came of it, the oldest interview first: so many, after so many. */
  interviewEventsOf(id: UserId, page: { readonly skip: number; readonly limit: number }): Promise<InterviewEventOf[]>;
  /**
   * All or nothing, for an account whose deletion has begun: its row, characters, sessions and mail tokens are deleted, its worlds belong to
   * nobody, its part of the audit loses addresses and sessions, and `last` is kept. False where there is no such account.
   */
  erase(id: UserId, last: { readonly event: AuditEvent; readonly letter: NewLetter | null }): Promise<boolean>;
};

export type InterviewEventOf = StoredEvent & { readonly interviewId: InterviewId };

export type PersonalEvents = { readonly events: readonly FeedEvent[]; readonly next: number | null };
