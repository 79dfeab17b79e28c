import { AppError } from "../lib/errors.ts";
import type { UserId } from "../lib/ids.ts";
import type { Accounts } from "../ports/accounts.ts";
import type { Audit } from "../ports/audit.ts";
import type { Bus } from "../ports/bus.ts";
import type { Sessions } from "../ports/sessions.ts";
import type { Clock } from "../ports/system.ts";
import { recordAudit } from "./audit.ts";
import { endSessions } from "./end-sessions.ts";

type Ctx = { accounts: Accounts; sessions: Sessions; audit: Audit; bus: Bus; clock: Clock };

/** When this resolves the user has no session any more, and gets none. Answers how many ended. */
export async function ban(ctx: Ctx, id: UserId): Promise<number> {
  await changed(ctx.accounts.setBanned(id, ctx.clock.nowMs()));
  await recordAudit(ctx, "banned", { userId: id });
  return endSessions(ctx, id);
}

/** The user may log in again. */
export async function unban(ctx: Pick<Ctx, "accounts" | "audit" | "clock">, id: UserId): Promise<void> {
  await changed(ctx.accounts.setBanned(id, null));
  await recordAudit(ctx, "unbanned", { userId: id });
}

async function changed(change: Promise<boolean>): Promise<void> {
  if (!(await change)) throw new AppError("NOT_FOUND", "There is no such user.");
}
