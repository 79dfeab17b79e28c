import type { Limit } from "../ports/limits.ts";
import type { SessionLifetime } from "./model.ts";

/** What operators may set about accounts. */
export type AccountPolicy = {
  readonly sessionLifetime: SessionLifetime;
  /** Of the tokens of who refreshes them. Other tokens live as long as a session that is not used. */
  readonly accessTokenLifetimeMs: number;
  /** By normalised e-mail address, known or not, and the place where it is tried from. */
  readonly loginPerAccount: Limit;
  /** By normalised e-mail address, for places where nobody has logged in to it from. */
  readonly loginPerAccountByStrangers: Limit;
  /** For all such places and all accounts together. */
  readonly loginByStrangers: Limit;
  readonly loginPerAddress: Limit;
  readonly registerPerAddress: Limit;
  readonly refreshPerSession: Limit;
  /** Of tries to change it, each of which may be a guess at the old one. */
  readonly passwordPerUser: Limit;
  /** Mails that somebody asks for by an e-mail address, known or not. */
  readonly forgottenPerEmail: Limit;
  readonly forgottenPerAddress: Limit;
  /** Of all together: what a mail provider bears, and nobody pays for more. */
  readonly forgottenInAll: Limit;
  readonly verificationsPerUser: Limit;
  /** Of tries with what was mailed. */
  readonly mailTokensPerAddress: Limit;
  /** Of pages; each looks through a part of the log. */
  readonly exportPagesPerUser: Limit;
  readonly resetTokenLifetimeMs: number;
  readonly verifyTokenLifetimeMs: number;
  /** The origin and path that links in mails begin with, without a slash at the end. */
  readonly linkBase: string;
  /** Whether there is a way to send mail at all. */
  readonly sendsMail: boolean;
  readonly auditKeepMs: number;
  /** Limits by address leave this machine alone while developing. */
  readonly limitsLoopback: boolean;
};
