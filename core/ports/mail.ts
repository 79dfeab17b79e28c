import type { Letter, NewLetter } from "../account/letter.ts";
import type { UserId } from "../lib/ids.ts";

export type MailTokenPurpose = "verify" | "reset";

export type NewMailToken = {
  readonly userId: UserId;
  readonly purpose: MailTokenPurpose;
  /** All that is kept of it. */
  readonly hash: string;
  /** To which it is mailed. */
  readonly email: string;
  readonly expiresAtMs: number;
};

/** What was mailed to the owner of an account, to be shown once. */
export type MailTokens = {
  /** The only one of its purpose from now on. Nothing happens where the account is not there, or has another e-mail. */
  issue(token: NewMailToken): Promise<void>;
  /** Whose it is, while it is good at `nowMs`. It stays good. */
  find(purpose: MailTokenPurpose, hash: string, nowMs: number): Promise<UserId | null>;
  /** One atomic step: spends the token and takes the e-mail that it was mailed to as verified. null where it is not good, or the account has another e-mail. */
  verifyEmail(hash: string, nowMs: number): Promise<UserId | null>;
  /**
   * One atomic step: spends the token, sets the password, ends everything else that was mailed, and takes the e-mail as verified. Of any number
   * that race with one token exactly one is answered whose it was. null where it is not good.
   */
  resetPassword(hash: string, passwordHash: string, nowMs: number): Promise<UserId | null>;
};

/** Mail that is still to be sent. */
export type Letters = {
  /** Kept when it resolves. Where one of the same kind to the same address waits already it is that one, which is due in `letterTakenMs` at the latest. */
  put(letter: NewLetter): Promise<void>;
  /** Takes those that are due, the longest due first. Nobody else gets them for `letterTakenMs`; then they are due again. Each taking is an attempt. */
  take(nowMs: number, limit: number): Promise<Letter[]>;
  /** Not due before. */
  postpone(id: string, dueAtMs: number): Promise<void>;
  /** Sent, or given up. */
  remove(id: string): Promise<void>;
};

export const letterTakenMs = 60_000;

/** The way out to mailboxes. */
export type Mail = {
  /**
   * Resolves when somebody has it who delivers it. Throws UNAVAILABLE where it may be tried again (it may have been sent), INVALID_INPUT where
   * that will never help: an address that does not exist.
   */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<void>;
};

export type OutgoingMail = { readonly to: string; readonly subject: string; readonly text: string };
