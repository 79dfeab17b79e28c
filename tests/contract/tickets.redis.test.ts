import { describe, expect, test } from "vitest";
import { redisTickets } from "#adapters/redis/tickets.ts";
import type { Redis } from "#adapters/redis/connect.ts";
import type { TicketGrant } from "#core/ports/sessions.ts";
import { sessionId, startMs, userId } from "#tests/support/records.ts";
import { redisIsHere, redisProgram, sharedRedis, startRedisRig } from "#tests/support/redis-rig.ts";
import { ticketsContract } from "./tickets.ts";

redisIsHere();

const principal = { userId: userId(1), sessionId: sessionId(1), username: "Ann", role: "user" } as const;
const grant: TicketGrant = { principal, origin: null };

describe.skipIf(redisProgram === null)("a real Redis", () => {
  const fresh = sharedRedis();
  ticketsContract("tickets in Redis", async () => redisTickets(fresh()));

  test("of ten thousand uses of one ticket in four processes exactly one wins", async () => {
    await using rig = await startRedisRig(redisProgram as string);
    const processes = Array.from({ length: 4 }, () => redisTickets(rig.connect()));
    const ticket = await processes[0]!.issue(grant, startMs);
    const uses = await Promise.all(
      Array.from({ length: 10_000 }, (_, n) => processes[n % processes.length]!.redeem(ticket, startMs)),
    );
    expect(uses.filter((use) => use !== null)).toEqual([grant]);
  });

  test("what Redis is told of a ticket is never the ticket, and an issue that arrives twice makes no spent one good", async () => {
    const redis = fresh();
    const calls: Parameters<Redis["run"]>[] = [];
    const tickets = redisTickets({
      ...redis,
      run(...call) {
        calls.push(call);
        return redis.run(...call);
      },
    });
    const ticket = await tickets.issue(grant, startMs);
    expect(await tickets.redeem(ticket, startMs)).toEqual(grant);
    expect(JSON.stringify(calls)).not.toContain(ticket);
    await redis.run(...calls[0]!);
    expect(await tickets.redeem(ticket, startMs)).toBeNull();
  });
});
