import { AppError } from "../lib/errors.ts";
import type { UserId } from "../lib/ids.ts";
import type { Accounts } from "../ports/accounts.ts";
import type { Audit } from "../ports/audit.ts";
import type { Bus } from "../ports/bus.ts";
import type { Sessions } from "../ports/sessions.ts";
import type { Clock } from "../ports/system.ts";
import { recordAudit } from "./audit.ts";
import { endSessions } from "./end-sessions.ts";
import type { AccountRole } from "./model.ts";

/** A token says what its bearer may do, so those given before are no longer good. Answers how many sessions ended. */
export async function setRole(
  ctx: { accounts: Accounts; sessions: Sessions; audit: Audit; bus: Bus; clock: Clock },
  id: UserId,
  role: AccountRole,
): Promise<number> {
  if (!(await ctx.accounts.setRole(id, role))) throw new AppError("NOT_FOUND", "There is no such user.");
  await recordAudit(ctx, "role-changed", { userId: id });
  return endSessions(ctx, id);
}
