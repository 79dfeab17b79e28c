import type { Principal } from "#core/account/model.ts";
import type { Tokens } from "#core/ports.ts";

/** A token is valid because it is remembered here. */
export function memoryTokens(): Tokens {
  const issued = new Map<string, { principal: Principal; expiresAtMs: number }>();
  return {
    async sign(principal, expiresAtMs) {
      const token = `memory-token-${issued.size + 1}`;
      issued.set(token, { principal, expiresAtMs });
      return token;
    },
    async verify(token, nowMs) {
      const known = issued.get(token);
      return known !== undefined && nowMs < known.expiresAtMs ? known.principal : null;
    },
  };
}
