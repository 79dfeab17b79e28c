import type { Principal } from "#core/account/model.ts";
import type { RefreshToken, Tokens } from "#core/ports/credentials.ts";

/** A token is valid because it is remembered here. */
export function memoryTokens(): Tokens {
  const issued = new Map<string, { principal: Principal; expiresAtMs: number }>();
  const refreshTokens = new Map<string, RefreshToken>();
  let secrets = 0;
  return {
    async sign(principal, expiresAtMs) {
      const token = `memory-token-${issued.size + 1}`;
      issued.set(token, { principal, expiresAtMs });
      return token;
    },
    async verify(token, nowMs) {
      const known = issued.get(token);
      if (known === undefined) return null;
      return nowMs < known.expiresAtMs ? known.principal : "expired";
    },
    newSecret: () => `memory-secret-${(secrets += 1)}`,
    hashOf: (secret) => `hash-of-${secret}`,
    signRefresh(refreshToken) {
      const { sessionId, generation, secret } = refreshToken;
      const token = `memory-token-refresh-${sessionId}-${generation}-${secret}`;
      refreshTokens.set(token, refreshToken);
      return token;
    },
    readRefresh: (token) => refreshTokens.get(token) ?? null,
  };
}
