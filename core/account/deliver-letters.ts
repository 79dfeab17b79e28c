import { AppError } from "../lib/errors.ts";
import type { Accounts } from "../ports/accounts.ts";
import type { Audit } from "../ports/audit.ts";
import type { Tokens } from "../ports/credentials.ts";
import type { Letters, Mail, MailTokens, OutgoingMail } from "../ports/mail.ts";
import type { Clock, Log } from "../ports/system.ts";
import { recordAudit } from "./audit.ts";
import type { Letter } from "./letter.ts";
import { mailText } from "./mail-text.ts";
import type { Account } from "./model.ts";
import type { AccountPolicy } from "./policy.ts";

export type DeliveryContext = {
  readonly accounts: Accounts;
  readonly letters: Letters;
  readonly mailTokens: MailTokens;
  readonly mail: Mail;
  readonly tokens: Tokens;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly log: Log;
  readonly accountPolicy: AccountPolicy;
};

/** Sent at once by one process. */
export const lettersPerRoundMax = 10;
export const sendTimeoutMs = 15_000;
/** After that a mail is given up: about seven hours after it was put. */
export const sendAttemptsMax = 12;
const retryMinMs = 5_000;
const retryMaxMs = 3_600_000;

/**
 * Sends what is due; answers whether there may be more. A mail is sent at least once: whoever is killed between sending and forgetting leaves it to
 * the next, and then the newer link is the one that works.
 */
export async function deliverLetters(ctx: DeliveryContext): Promise<boolean> {
  const letters = await ctx.letters.take(ctx.clock.nowMs(), lettersPerRoundMax);
  await Promise.all(letters.map((letter) => deliver(ctx, letter)));
  return letters.length === lettersPerRoundMax;
}

async function deliver(ctx: DeliveryContext, letter: Letter): Promise<void> {
  const { id, kind, userId, attempts } = letter;
  try {
    const mail = await compose(ctx, letter);
    if (mail !== null) await sendInTime(ctx, mail);
  } catch (error) {
    const willNeverGo = error instanceof AppError && error.code === "INVALID_INPUT";
    if (!willNeverGo && attempts < sendAttemptsMax) {
      const inMs = Math.min(retryMaxMs, retryMinMs * 2 ** (attempts - 1));
      ctx.log.warn({ letter: id, kind, attempts, inMs, error }, "a mail could not be sent; trying again");
      await ctx.letters.postpone(id, ctx.clock.nowMs() + inMs);
      return;
    }
    ctx.log.error({ letter: id, kind, userId, attempts, error }, "a mail was given up");
  }
  await ctx.letters.remove(id);
}

/** null where nobody is to get it: an address without an account, an account that has another by now, what has been verified already. */
async function compose(ctx: DeliveryContext, letter: Letter): Promise<OutgoingMail | null> {
  const { kind, to, atMs } = letter;
  const { linkBase, resetTokenLifetimeMs, verifyTokenLifetimeMs } = ctx.accountPolicy;
  const facts = { to, atMs, linkBase, token: "", tokenLifetimeMs: 0 };
  if (kind === "account-deleted") return mailText(kind, { ...facts, username: null });

  // Looked up anew every time: whoever has been deleted or renamed since gets nothing.
  const account = (await ctx.accounts.byEmail(to))?.account ?? null;
  if (account === null || (letter.userId !== null && account.id !== letter.userId)) return null;
  const { username } = account;
  if (kind === "password-changed" || kind === "password-reset") return mailText(kind, { ...facts, username });
  if (kind === "verify-email" && account.emailVerifiedAtMs !== null) return null;
  const isReset = kind === "reset-password";
  if (isReset) await recordAudit(ctx, "password-forgotten", { userId: account.id });
  const tokenLifetimeMs = isReset ? resetTokenLifetimeMs : verifyTokenLifetimeMs;
  const token = await issueToken(ctx, account, { purpose: isReset ? "reset" : "verify", lifetimeMs: tokenLifetimeMs });
  return mailText(kind, { ...facts, username, token, tokenLifetimeMs });
}

async function issueToken(
  ctx: DeliveryContext,
  { id: userId, email }: Account,
  { purpose, lifetimeMs }: { purpose: "verify" | "reset"; lifetimeMs: number },
): Promise<string> {
  const token = ctx.tokens.newSecret();
  const expiresAtMs = ctx.clock.nowMs() + lifetimeMs;
  await ctx.mailTokens.issue({ userId, purpose, hash: ctx.tokens.hashOf(token), email, expiresAtMs });
  return token;
}

async function sendInTime({ mail, clock }: DeliveryContext, outgoing: OutgoingMail): Promise<void> {
  const [late, sent] = [new AbortController(), new AbortController()];
  const timeout = clock.sleep(sendTimeoutMs, sent.signal).then(() => {
    if (sent.signal.aborted) return;
    late.abort();
    throw new AppError("TIMEOUT", "Nobody took the mail in time.");
  });
  try {
    await Promise.race([mail.send(outgoing, late.signal), timeout]);
  } finally {
    sent.abort();
  }
}
