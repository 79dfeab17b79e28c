import { describe, expect, test } from "vitest";
import type { AuditEvent } from "#core/account/audit.ts";
import type { Setup } from "#tests/support/database.ts";
import { sessionId, startMs, userId } from "#tests/support/records.ts";

export function auditContract(name: string, setup: Setup): void {
  describe(`the audit, ${name}`, () => {
    const event = (number: number, changes: Partial<AuditEvent> = {}): AuditEvent => ({
      type: "logged-in",
      atMs: startMs + number,
      userId: userId(number),
      sessionId: sessionId(number),
      address: "198.51.100.1",
      ...changes,
    });

    test("what was recorded is there, newest first, of everybody or of one", async () => {
      const { audit } = await setup();
      const unknown = event(3, { type: "login-failed", userId: null, sessionId: null, address: null });
      const again = event(1, { type: "logged-out", atMs: startMs - 5 });
      for (const each of [event(1), event(2), unknown, again]) await audit.record(each);
      const listed = await audit.list({ userId: null, limit: 10 });
      expect(listed.map(({ number: _, ...rest }) => rest)).toEqual([again, unknown, event(2), event(1)]);
      const numbers = listed.map(({ number }) => number);
      expect(numbers).toEqual(numbers.toSorted((one, other) => other - one));
      expect(await audit.list({ userId: userId(1), limit: 10 })).toEqual([listed[0], listed[3]]);
      expect(await audit.list({ userId: null, limit: 2 })).toEqual(listed.slice(0, 2));
      expect(await audit.list({ userId: userId(9), limit: 2 })).toEqual([]);
    });

    test("what is too old is deleted, the first first, and only among as many as are looked at", async () => {
      const { audit } = await setup();
      for (const number of [1, 2, 5, 3, 6]) await audit.record(event(number));
      const kept = async () =>
        (await audit.list({ userId: null, limit: 10 })).map(({ atMs }) => atMs - startMs).toReversed();
      expect(await audit.deleteBefore(startMs, 10)).toBe(0);
      expect(await audit.deleteBefore(startMs + 4, 1)).toBe(1);
      expect(await kept()).toEqual([2, 5, 3, 6]);
      expect(await audit.deleteBefore(startMs + 4, 3)).toBe(2);
      expect(await kept()).toEqual([5, 6]);
      await audit.record(event(7));
      expect(await kept()).toEqual([5, 6, 7]);
    });

    test("an account that is not there any more keeps its events, and recording never rejects", async () => {
      const { audit } = await setup();
      await audit.record(event(77));
      expect(await audit.list({ userId: userId(77), limit: 1 })).toHaveLength(1);
      await audit.record(event(1, { address: "a\u0000b" }));
    });
  });
}
