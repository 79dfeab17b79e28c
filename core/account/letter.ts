import type { UserId } from "../lib/ids.ts";
import type { Letters } from "../ports/mail.ts";
import type { Clock, Entropy, Log } from "../ports/system.ts";

export const letterKinds = [
  "verify-email",
  "reset-password",
  "password-changed",
  "password-reset",
  "account-deleted",
] as const;
export type LetterKind = (typeof letterKinds)[number];

/** What is to be said to whom. The words, and a token where one belongs in it, are made when it is sent: none lies about until then. */
export type NewLetter = {
  readonly id: string;
  readonly kind: LetterKind;
  /** An e-mail address, lower case. */
  readonly to: string;
  /** null where nobody has looked yet whose address it is, or nobody's account is left. */
  readonly userId: UserId | null;
  /** When it was asked for, or what it tells of happened. */
  readonly atMs: number;
};

export type Letter = NewLetter & { readonly attempts: number };

type Ctx = { readonly letters: Letters; readonly clock: Clock; readonly entropy: Entropy };

export function newLetter(
  { clock, entropy }: Pick<Ctx, "clock" | "entropy">,
  letter: Pick<NewLetter, "kind" | "to" | "userId">,
): NewLetter {
  return { ...letter, id: entropy.uuid(), atMs: clock.nowMs() };
}

/** About what has happened already: a notice that cannot be kept must not make it look as if it had not. */
export async function putNotice(
  ctx: Ctx & { readonly log: Log; readonly accountPolicy: { readonly sendsMail: boolean } },
  letter: Pick<NewLetter, "kind" | "to" | "userId">,
): Promise<void> {
  if (!ctx.accountPolicy.sendsMail) return;
  try {
    await ctx.letters.put(newLetter(ctx, letter));
  } catch (error) {
    ctx.log.error({ kind: letter.kind, userId: letter.userId, error }, "a mail could not be kept for sending");
  }
}
