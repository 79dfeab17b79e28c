import { knownAddressesMax, knownAddressKeepMs, type KnownAddresses } from "#core/ports/limits.ts";

/** Beyond it those are forgotten who have not logged in for the longest time. */
export const knownAccountsMax = 50_000;

export function memoryKnownAddresses(options: { readonly accountsMax?: number } = {}): KnownAddresses {
  const max = options.accountsMax ?? knownAccountsMax;
  /** When somebody last logged in from where: accounts, and the addresses of each, in the order of that. */
  const accounts = new Map<string, Map<string, number>>();

  return {
    async remember(account, address, nowMs) {
      const known = accounts.get(account) ?? new Map<string, number>();
      accounts.delete(account);
      accounts.set(account, known);
      const atMs = Math.max(nowMs, known.get(address) ?? 0);
      known.delete(address);
      known.set(address, atMs);
      if (known.size > knownAddressesMax) deleteFirst(known);
      if (accounts.size > max) deleteFirst(accounts);
    },

    async has(account, address, nowMs) {
      const atMs = accounts.get(account)?.get(address);
      return atMs !== undefined && nowMs - atMs < knownAddressKeepMs;
    },

    async forget(account) {
      accounts.delete(account);
    },
  };
}

function deleteFirst(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
}
