import { describe, expect, test } from "vitest";
import type { Principal } from "#core/account/model.ts";
import { type TicketGrant, ticketLifeMs, type Tickets } from "#core/ports/sessions.ts";
import { sessionId, startMs, userId } from "#tests/support/records.ts";

const principal: Principal = { userId: userId(1), sessionId: sessionId(1), username: "Ann", role: "user" };
const grant: TicketGrant = { principal, origin: "https://play.example.org" };

/** `fresh` answers with a store in which no ticket is. */
export function ticketsContract(name: string, fresh: () => Promise<Tickets>): void {
  describe(`${name} keeps the promises of Tickets`, () => {
    test("a ticket is good once, for exactly what it was given", async () => {
      const tickets = await fresh();
      for (const given of [grant, { principal: { ...principal, role: "admin" as const }, origin: null }]) {
        const ticket = await tickets.issue(given, startMs);
        expect(await tickets.redeem(ticket, startMs)).toEqual(given);
        expect(await tickets.redeem(ticket, startMs)).toBeNull();
      }
    });

    test("a ticket is good until the last millisecond of its life, and not after", async () => {
      const tickets = await fresh();
      const [inTime, late] = [await tickets.issue(grant, startMs), await tickets.issue(grant, startMs)];
      expect(await tickets.redeem(inTime, startMs + ticketLifeMs - 1)).toEqual(grant);
      expect(await tickets.redeem(late, startMs + ticketLifeMs)).toBeNull();
      expect(await tickets.redeem(late, startMs)).toBeNull();
    });

    test("tickets are 256 bits each and never the same, and one spends no other", async () => {
      const tickets = await fresh();
      const many = await Promise.all(Array.from({ length: 100 }, () => tickets.issue(grant, startMs)));
      expect(new Set(many).size).toBe(100);
      for (const ticket of many) expect(ticket).toMatch(/^[\w-]{43}$/);
      expect(await tickets.redeem(many[0]!, startMs)).toEqual(grant);
      expect(await tickets.redeem(many[1]!, startMs)).toEqual(grant);
    });

    test("what is no ticket is worth nothing, whatever it looks like", async () => {
      const tickets = await fresh();
      const ticket = await tickets.issue(grant, startMs);
      const hostile = [
        "",
        "x".repeat(43),
        "*",
        `${ticket}\n`,
        `${ticket} `,
        ticket.slice(1),
        ticket.toUpperCase() === ticket ? ticket.toLowerCase() : ticket.toUpperCase(),
        "\u0000".repeat(43),
        "\ud800".repeat(43),
        "é".repeat(43),
        "x".repeat(1_000_000),
        "__proto__",
      ];
      for (const one of hostile) expect(await tickets.redeem(one, startMs)).toBeNull();
      expect(await tickets.redeem(ticket, startMs)).toEqual(grant);
    });

    test("of ten thousand uses of one ticket at once exactly one wins", async () => {
      const tickets = await fresh();
      const ticket = await tickets.issue(grant, startMs);
      const uses = await Promise.all(Array.from({ length: 10_000 }, () => tickets.redeem(ticket, startMs)));
      expect(uses.filter((use) => use !== null)).toEqual([grant]);
    });
  });
}
