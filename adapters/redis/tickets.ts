import { type TicketGrant, ticketLifeMs, type Tickets } from "#core/ports/sessions.ts";
import { newTicket, ticketHash } from "../ticket-secret.ts";
import { type Redis, script } from "./connect.ts";

/** Callers' clocks and Redis' differ a little; whether a ticket is still good is judged by theirs. */
const clockSkewMs = 60_000;

/**
 * One key a ticket, {ticket:<hash>}: what it was given for, or "" once it is spent, until it expires. A ticket is written only where
 * nothing is: an issue that a slow network delivers twice cannot make a spent one good again.
 */
export function redisTickets(redis: Redis): Tickets {
  const keyOf = (hash: string) => `${redis.prefix}{ticket:${hash}}`;
  return {
    async issue(grant, nowMs) {
      const ticket = newTicket();
      const expiresAtMs = nowMs + ticketLifeMs;
      await redis.run(issue, {
        keys: [keyOf(ticketHash(ticket)!)],
        args: [JSON.stringify({ grant, expiresAtMs } satisfies Kept), expiresAtMs + clockSkewMs],
        isRepeatable: true,
      });
      return ticket;
    },

    async redeem(ticket, nowMs) {
      const hash = ticketHash(ticket);
      if (hash === null) return null;
      const stored = (await redis.run(redeem, { keys: [keyOf(hash)], args: [] })) as string | null;
      if (stored === null || stored === "") return null;
      const { grant, expiresAtMs } = JSON.parse(stored) as Kept;
      return expiresAtMs <= nowMs ? null : grant;
    },
  };
}

type Kept = { readonly grant: TicketGrant; readonly expiresAtMs: number };

const issue = script(`redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PXAT', ARGV[2])`);

const redeem = script(`
local stored = redis.call('GET', KEYS[1])
if stored then redis.call('SET', KEYS[1], '', 'XX', 'KEEPTTL') end
return stored
`);
