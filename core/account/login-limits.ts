import type { KnownAddresses, Limits } from "../ports/limits.ts";
import type { Clock } from "../ports/system.ts";
import { addressKey, withinAddressLimit } from "./address.ts";
import type { AccountPolicy } from "./policy.ts";
import { withinLimit } from "./within-limit.ts";

type Ctx = {
  readonly limits: Limits;
  readonly knownAddresses: KnownAddresses;
  readonly clock: Clock;
  readonly accountPolicy: AccountPolicy;
};

/** Whose account is tried, and from where. */
type Attempt = { readonly email: string; readonly address: string | null };

/**
 * Refuses with RATE_LIMITED where too many guesses may have been made: from one place, at one account from one place, at one account by
 * strangers, by strangers at all. Whoever could lock an owner out would only have to empty the bucket that the owner shares with him, so
 * the shared ones are for strangers: an owner who comes from where he has logged in before draws on his own place's alone. A refusal by one
 * limit costs nothing in those after it.
 */
export async function withinLoginLimits(ctx: Ctx, { email, address }: Attempt): Promise<void> {
  const { loginPerAddress, loginPerAccount, loginPerAccountByStrangers, loginByStrangers } = ctx.accountPolicy;
  await withinAddressLimit(ctx, loginPerAddress, address);
  await withinLimit(ctx, loginPerAccount, `${email}\n${placeOf(address) ?? "unknown"}`);
  if (await isKnown(ctx, { email, address })) return;
  await withinLimit(ctx, loginPerAccountByStrangers, email);
  await withinLimit(ctx, loginByStrangers, "all");
}

/** The password was right. */
export async function rememberPlace(ctx: Ctx, { email, address }: Attempt): Promise<void> {
  const place = placeOf(address);
  if (place !== null) await ctx.knownAddresses.remember(email, place, ctx.clock.nowMs());
}

async function isKnown(ctx: Ctx, { email, address }: Attempt): Promise<boolean> {
  const place = placeOf(address);
  return place !== null && ctx.knownAddresses.has(email, place, ctx.clock.nowMs());
}

function placeOf(address: string | null): string | null {
  return address === null ? null : addressKey(address);
}
