import type { SessionId, UserId, WorldId } from "../lib/ids.ts";

export type AccountRole = "user" | "admin";

export type Account = {
  readonly id: UserId;
  /** Lower case. */
  readonly email: string;
  /** As the user spelled it; unique without regard to case. */
  readonly username: string;
  readonly role: AccountRole;
  readonly createdAtMs: number;
  readonly lastLoginAtMs: number | null;
  /** When somebody showed that he reads mail to it; null: nobody has. */
  readonly emailVerifiedAtMs: number | null;
  readonly lastWorldId: WorldId | null;
};

export type Session = {
  readonly id: SessionId;
  readonly userId: UserId;
  readonly createdAtMs: number;
  /** Dead from this moment on. */
  readonly expiresAtMs: number;
};

/** What keeps a session alive: being used within `idleMs`, until `absoluteMs` after it was created. */
export type SessionLifetime = { readonly idleMs: number; readonly absoluteMs: number };

/** When a session that is used now will be dead. */
export function lastsUntilMs({ createdAtMs, expiresAtMs }: Session, nowMs: number, lifetime: SessionLifetime): number {
  return Math.max(expiresAtMs, Math.min(nowMs + lifetime.idleMs, createdAtMs + lifetime.absoluteMs));
}

/** Who is asking: what a checked token says. */
export type Principal = {
  readonly userId: UserId;
  readonly sessionId: SessionId;
  readonly username: string;
  readonly role: AccountRole;
};
