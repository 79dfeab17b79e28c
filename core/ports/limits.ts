/** Tokens flow back at `perMs`; at most `burst` are held. */
export type Limit = { readonly name: string; readonly burst: number; readonly perMs: number };

export type Limits = {
  /** Atomic. Takes one from the bucket of `key`, or says in how many milliseconds one will be there. */
  take(
    limit: Limit,
    key: string,
    nowMs: number,
  ): Promise<{ readonly allowed: true } | { readonly allowed: false; readonly retryAfterMs: number }>;
};

/** From where people have logged in to which accounts. */
export type KnownAddresses = {
  /** Known from now on for `knownAddressKeepMs`; of one account the latest `knownAddressesMax` are. Never rejects: what cannot be kept is logged. */
  remember(account: string, address: string, nowMs: number): Promise<void>;
  /** False also where nobody can say. */
  has(account: string, address: string, nowMs: number): Promise<boolean>;
  /** No address is known for the account any more. Rejects where that cannot be done. */
  forget(account: string): Promise<void>;
};

export const knownAddressesMax = 20;

export const knownAddressKeepMs = 90 * 24 * 3_600_000;
