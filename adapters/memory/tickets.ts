import { AppError } from "#core/lib/errors.ts";
import { type TicketGrant, ticketLifeMs, type Tickets } from "#core/ports/sessions.ts";
import { newTicket, ticketHash } from "../ticket-secret.ts";

/** One more is refused with UNAVAILABLE. */
export const ticketsMax = 100_000;

type Kept = { readonly grant: TicketGrant; readonly expiresAtMs: number };

export function memoryTickets(options: { readonly ticketsMax?: number } = {}): Tickets {
  const max = options.ticketsMax ?? ticketsMax;
  /** By hash, the oldest first. */
  const tickets = new Map<string, Kept>();

  return {
    async issue(grant, nowMs) {
      for (const [hash, { expiresAtMs }] of tickets) {
        if (expiresAtMs > nowMs) break;
        tickets.delete(hash);
      }
      if (tickets.size >= max) throw new AppError("UNAVAILABLE", "Too many are about to connect.", { retryAfterS: 5 });
      const ticket = newTicket();
      tickets.set(ticketHash(ticket)!, { grant, expiresAtMs: nowMs + ticketLifeMs });
      return ticket;
    },

    async redeem(ticket, nowMs) {
      const hash = ticketHash(ticket) ?? "";
      const kept = tickets.get(hash);
      tickets.delete(hash);
      return kept === undefined || kept.expiresAtMs <= nowMs ? null : kept.grant;
    },
  };
}
