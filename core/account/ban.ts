import { AppError } from "../lib/errors.ts";
import type { UserId } from "../lib/ids.ts";
import type { Accounts, Bus, Clock, Sessions } from "../ports.ts";
import { endSessions } from "./end-sessions.ts";

type Ctx = { accounts: Accounts; sessions: Sessions; bus: Bus; clock: Clock };

/** When this resolves the user has no session any more, and gets none. Answers how many ended. */
export async function ban(ctx: Ctx, id: UserId): Promise<number> {
  await changed(ctx.accounts.setBanned(id, ctx.clock.nowMs()));
  return endSessions(ctx, id);
}

/** The user may log in again. */
export async function unban(ctx: Pick<Ctx, "accounts">, id: UserId): Promise<void> {
  await changed(ctx.accounts.setBanned(id, null));
}

async function changed(change: Promise<boolean>): Promise<void> {
  if (!(await change)) throw new AppError("NOT_FOUND", "There is no such user.");
}
