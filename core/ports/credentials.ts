import type { Principal } from "../account/model.ts";
import type { SessionId } from "../lib/ids.ts";

export type Passwords = {
  /** Throws UNAVAILABLE with a time to retry when too many are waiting. */
  hash(password: string): Promise<string>;
  /** With null it verifies against a dummy of the same cost and answers false: the time says nothing. */
  verify(hash: string | null, password: string): Promise<boolean>;
  /** Whether a new hash of the same password would cost otherwise than this one did. */
  isOutdated(hash: string): boolean;
};

/** Newer ones of the same session have the same secret and a higher generation. */
export type RefreshToken = { readonly sessionId: SessionId; readonly generation: number; readonly secret: string };

export type Tokens = {
  sign(principal: Principal, expiresAtMs: number): Promise<string>;
  /** "expired" for one of ours past its end, null for anything else that is not in force at `nowMs`. Never throws on hostile input. */
  verify(token: string, nowMs: number): Promise<Principal | "expired" | null>;
  /** 256 random bits. */
  newSecret(): string;
  /** All that may be kept of a secret. */
  hashOf(secret: string): string;
  signRefresh(token: RefreshToken): string;
  /** null for anything that `signRefresh` has not made. Whether it is still good is for `Sessions` to say. Never throws on hostile input. */
  readRefresh(token: string): RefreshToken | null;
};
