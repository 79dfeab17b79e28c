import { expect, test } from "vitest";
import { memoryKnownAddresses } from "#adapters/memory/known-addresses.ts";
import { startMs } from "#tests/support/records.ts";
import { knownAddressesContract } from "./known-addresses.ts";

knownAddressesContract("a memory of addresses within one process", async () => memoryKnownAddresses());

test("beyond the bound those are forgotten who have not logged in for the longest time", async () => {
  const known = memoryKnownAddresses({ accountsMax: 2 });
  for (const account of ["ann", "bob", "ann", "cat"]) await known.remember(account, "198.51.100.7", startMs);
  const has = ["ann", "bob", "cat"].map((account) => known.has(account, "198.51.100.7", startMs));
  expect(await Promise.all(has)).toEqual([true, false, true]);
});
