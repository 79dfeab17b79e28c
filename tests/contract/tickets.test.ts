import { expect, test } from "vitest";
import { memoryTickets } from "#adapters/memory/tickets.ts";
import { type TicketGrant, ticketLifeMs } from "#core/ports/sessions.ts";
import { sessionId, startMs, userId } from "#tests/support/records.ts";
import { ticketsContract } from "./tickets.ts";

ticketsContract("tickets within one process", async () => memoryTickets());

const principal = { userId: userId(1), sessionId: sessionId(1), username: "Ann", role: "user" } as const;
const grant: TicketGrant = { principal, origin: null };

test("one ticket more than the bound is refused, until some are spent or dead", async () => {
  const tickets = memoryTickets({ ticketsMax: 2 });
  const first = await tickets.issue(grant, startMs);
  await tickets.issue(grant, startMs + 1);
  await expect(tickets.issue(grant, startMs + 1)).rejects.toMatchObject({ code: "UNAVAILABLE", retryAfterS: 5 });
  await tickets.redeem(first, startMs + 1);
  await tickets.issue(grant, startMs + 2);
  await expect(tickets.issue(grant, startMs + ticketLifeMs)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  await tickets.issue(grant, startMs + ticketLifeMs + 1);
});
