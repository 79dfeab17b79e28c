import type { Principal, Session, SessionLifetime } from "../account/model.ts";
import type { Presented } from "../account/refresh-family.ts";
import type { SessionId, UserId } from "../lib/ids.ts";

/** What became of a refresh token. "unknown": its session is over, or it was never one of this session's. */
export type Refreshed =
  | { readonly outcome: "refreshed"; readonly session: Session; readonly generation: number }
  | { readonly outcome: "reused"; readonly userId: UserId }
  | { readonly outcome: "unknown" };

export type Sessions = {
  /** `refreshHash`: all that is kept of the secret in its refresh tokens, which are of generation 0. Without it there are none. */
  create(session: Session, refreshHash?: string): Promise<void>;
  /** null when unknown, revoked or past its expiry at `nowMs`. */
  get(id: SessionId, nowMs: number): Promise<Session | null>;
  /** Goes on for as long as `lifetime` gives it at `nowMs`. Never shortens it, never brings back what is dead, and says nothing of either. */
  touch(id: SessionId, nowMs: number, lifetime: SessionLifetime): Promise<void>;
  /**
   * One atomic step for one refresh token: the newest gives way to the next generation, one that gave way within `refreshGraceMs` is answered
   * with the newest, and one from before ends the session for good ("reused"). A session that is refreshed is touched as well.
   */
  refresh(id: SessionId, presented: Presented, nowMs: number, lifetime: SessionLifetime): Promise<Refreshed>;
  /** Dead at once and for good. Revoking twice, or what never was, is no error. */
  revoke(id: SessionId): Promise<void>;
  /** In force at `nowMs`, newest first. */
  ofUser(userId: UserId, nowMs: number): Promise<Session[]>;
  /** As `revoke`, for all that the user has now, or all but one. Answers with at least those that it ended. */
  revokeAll(userId: UserId, except?: SessionId): Promise<SessionId[]>;
};

/** For whom a ticket opens a socket, and for a page of which origin; null: for none. */
export type TicketGrant = { readonly principal: Principal; readonly origin: string | null };

export type Tickets = {
  /** A ticket of 256 random bits, in letters, digits, "-" and "_", good for `ticketLifeMs`. Nothing that is kept tells what it is. */
  issue(grant: TicketGrant, nowMs: number): Promise<string>;
  /**
   * One atomic step: however many ask, one is answered, once, and the ticket is spent, whatever becomes of it. null for one that is spent,
   * not good any more, or never was. Never throws for what the ticket is.
   */
  redeem(ticket: string, nowMs: number): Promise<TicketGrant | null>;
};

export const ticketLifeMs = 30_000;
