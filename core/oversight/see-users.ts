import type { AuditRecord } from "../account/audit.ts";
import type { Session } from "../account/model.ts";
import { AppError } from "../lib/errors.ts";
import type { Audit } from "../ports/audit.ts";
import type { Oversight, UserRow } from "../ports/oversight.ts";
import type { Sessions } from "../ports/sessions.ts";
import type { Clock } from "../ports/system.ts";

type Ctx = {
  readonly oversight: Oversight;
  readonly audit: Audit;
  readonly sessions: Sessions;
  readonly clock: Clock;
};

/** Newest first; of one user where one is named. Throws NOT_FOUND for a name that nobody has. */
export async function seeAudit(
  ctx: Pick<Ctx, "oversight" | "audit">,
  { user, limit }: { readonly user?: string; readonly limit: number },
): Promise<AuditRecord[]> {
  const userId = user === undefined ? null : (await someUser(ctx, user)).id;
  return ctx.audit.list({ userId, limit });
}

/** A user, and the sessions that are in force. Throws NOT_FOUND. */
export async function seeUser(
  ctx: Pick<Ctx, "oversight" | "sessions" | "clock">,
  text: string,
): Promise<{ readonly user: UserRow; readonly sessions: readonly Session[] }> {
  const user = await someUser(ctx, text);
  return { user, sessions: await ctx.sessions.ofUser(user.id, ctx.clock.nowMs()) };
}

async function someUser({ oversight }: Pick<Ctx, "oversight">, text: string): Promise<UserRow> {
  const user = await oversight.user(text);
  if (user === null) throw new AppError("NOT_FOUND", "There is no such user.");
  return user;
}
