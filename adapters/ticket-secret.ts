import { createHash, randomBytes } from "node:crypto";

const ticketBytes = 32;
const ticketForm = /^[\w-]{43}$/;

export function newTicket(): string {
  return randomBytes(ticketBytes).toString("base64url");
}

/**
 * What a store keeps of a ticket; null for what cannot be one. Without salt or stretching: nobody finds 256 random bits by trying, nor by
 * how long a look-up of their hash takes.
 */
export function ticketHash(ticket: string): string | null {
  return ticketForm.test(ticket) ? createHash("sha256").update(ticket).digest("base64url") : null;
}
