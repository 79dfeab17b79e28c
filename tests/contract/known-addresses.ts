import { describe, expect, test } from "vitest";
import { knownAddressesMax, knownAddressKeepMs, type KnownAddresses } from "#core/ports/limits.ts";
import { startMs } from "#tests/support/records.ts";

const [ann, bob] = ["ann@example.org", "bob@example.org"];
const [home, work] = ["198.51.100.7", "2001:db8:1:2::/64"];

/** `fresh` answers with a store that knows none. */
export function knownAddressesContract(name: string, fresh: () => Promise<KnownAddresses>): void {
  describe(`${name} keeps the promises of KnownAddresses`, () => {
    test("an address is known for the account it was remembered for, and no other is", async () => {
      const known = await fresh();
      await known.remember(ann, home, startMs);
      const pairs = [ann, bob].flatMap((account) => [home, work].map((address) => [account, address] as const));
      const has = await Promise.all(pairs.map(([account, address]) => known.has(account, address, startMs)));
      expect(has).toEqual([true, false, false, false]);
    });

    test("an address is known for as long as promised, from the last time", async () => {
      const known = await fresh();
      for (const atMs of [startMs, startMs + 1000, startMs + 500]) await known.remember(ann, home, atMs);
      await known.remember(ann, work, startMs);
      expect(await known.has(ann, work, startMs + knownAddressKeepMs - 1)).toBe(true);
      expect(await known.has(ann, work, startMs + knownAddressKeepMs)).toBe(false);
      expect(await known.has(ann, home, startMs + knownAddressKeepMs + 999)).toBe(true);
      expect(await known.has(ann, home, startMs + knownAddressKeepMs + 1000)).toBe(false);
    });

    test("what is forgotten is not known any more, and nobody else's is forgotten", async () => {
      const known = await fresh();
      for (const account of [ann, bob]) await known.remember(account, home, startMs);
      await known.forget(ann);
      await known.forget("nobody@example.org");
      expect([await known.has(ann, home, startMs), await known.has(bob, home, startMs)]).toEqual([false, true]);
    });

    test("of one account the latest are known, and it crowds out nobody else's", async () => {
      const known = await fresh();
      await known.remember(bob, home, startMs);
      const many = Array.from({ length: knownAddressesMax + 2 }, (_, n) => `198.51.100.${n}`);
      for (const [n, address] of many.entries()) await known.remember(ann, address, startMs + n);
      await known.remember(ann, many[2]!, startMs + 1000);
      await known.remember(ann, work, startMs + 1001);
      const has = await Promise.all(many.map((address) => known.has(ann, address, startMs + 1001)));
      expect(has).toEqual(many.map((_, n) => n === 2 || n > 3));
      expect(await known.has(bob, home, startMs)).toBe(true);
    });
  });
}
