import type { Tokens } from "#core/ports/credentials.ts";
import type { Clock } from "#core/ports/system.ts";
import { systemEntropy } from "./entropy.ts";
import { jwtTokens } from "./tokens.ts";

type Settings = { readonly publicOrigin: string; readonly otherTokenSecrets: readonly string[] };

/** The tokens of one deployment: whoever serves its origin makes them, and takes them. */
export function tokensOfOrigin({ publicOrigin, otherTokenSecrets }: Settings, secret: string, clock: Clock): Tokens {
  return jwtTokens({
    secret,
    otherSecrets: otherTokenSecrets,
    issuer: publicOrigin,
    audience: publicOrigin,
    clock,
    entropy: systemEntropy,
  });
}
