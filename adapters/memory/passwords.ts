import type { Passwords } from "#core/ports/credentials.ts";

export type MemoryPasswords = Passwords & {
  /** The hash of each verification so far; null where there was no such user. */
  readonly verified: readonly (string | null)[];
};

/** Keeps the promises of the port except the one that matters in production: it hides nothing. Hashes of another `cost` are outdated. */
export function memoryPasswords({ cost = "" }: { cost?: string } = {}): MemoryPasswords {
  const verified: (string | null)[] = [];
  let salts = 0;
  return {
    verified,
    hash: async (password) => `memory${cost}$${salts++}$${password}`,
    async verify(hash, password) {
      verified.push(hash);
      return hash !== null && hash.replace(/^memory\w*\$\d+\$/, "") === password;
    },
    isOutdated: (hash) => !hash.startsWith(`memory${cost}$`),
  };
}
