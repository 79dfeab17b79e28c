import type { SessionId, UserId } from "../lib/ids.ts";
import type { Audit } from "../ports/audit.ts";
import type { Clock } from "../ports/system.ts";
import type { auditTypes } from "../protocol/audit-types.ts";
import { addressKey } from "./address.ts";

/** Something about somebody's access that an operator may have to find out. Never a secret, a token or an e-mail address. */
export type AuditEvent = {
  readonly type: (typeof auditTypes)[number];
  readonly atMs: number;
  /** Whose account; null where a login named none that exists. */
  readonly userId: UserId | null;
  readonly sessionId: SessionId | null;
  /** Where it was asked from, as limits count it; null where nobody knows. */
  readonly address: string | null;
};

/** As it is kept: with its place among all. */
export type AuditRecord = AuditEvent & { readonly number: number };

type Facts = {
  readonly userId: UserId | null;
  readonly sessionId?: SessionId | null;
  readonly address?: string | null;
};

export async function recordAudit(
  ctx: { audit: Audit; clock: Clock },
  type: AuditEvent["type"],
  { userId, sessionId = null, address = null }: Facts,
): Promise<void> {
  await ctx.audit.record({
    type,
    atMs: ctx.clock.nowMs(),
    userId,
    sessionId,
    address: address && addressKey(address),
  });
}
