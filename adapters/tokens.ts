import { jwtVerify, SignJWT } from "jose";
import * as z from "zod";
import type { SessionId, UserId } from "#core/lib/ids.ts";
import { assert } from "#core/lib/assert.ts";
import type { Clock, Entropy, Tokens } from "#core/ports.ts";

export type TokenOptions = {
  /** At least 32 bytes of randomness. */
  readonly secret: string;
  readonly issuer: string;
  readonly audience: string;
  readonly clock: Clock;
  readonly entropy: Entropy;
};

export const secretBytesMin = 32;
const tokenLengthMax = 2048;
const algorithm = "HS256";
const typ = "thousand-worlds-session+jwt";

const claims = z.object({
  sub: z.guid(),
  sid: z.guid(),
  jti: z.guid(),
  username: z.string(),
  role: z.enum(["user", "admin"]),
  exp: z.number(),
});

/** JWTs signed with HS256. `typ`, `iss` and `aud` keep other tokens made with the same secret from being taken for one of a session. */
export function jwtTokens(options: TokenOptions): Tokens {
  const { issuer, audience } = options;
  const key = new TextEncoder().encode(options.secret);
  assert(key.length >= secretBytesMin, `the secret of tokens has at least ${secretBytesMin} bytes`);

  return {
    sign: ({ userId, sessionId, username, role }, expiresAtMs) =>
      new SignJWT({ sid: sessionId, username, role })
        .setProtectedHeader({ alg: algorithm, typ })
        .setSubject(userId)
        .setJti(options.entropy.uuid())
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(Math.floor(options.clock.nowMs() / 1000))
        .setExpirationTime(Math.floor(expiresAtMs / 1000))
        .sign(key),

    async verify(token, nowMs) {
      if (token.length > tokenLengthMax) return null;
      try {
        const expected = { algorithms: [algorithm], typ, issuer, audience, currentDate: new Date(nowMs) };
        const { payload } = await jwtVerify(token, key, expected);
        const { sub, sid, username, role } = claims.parse(payload);
        return { userId: sub as UserId, sessionId: sid as SessionId, username, role };
      } catch {
        return null;
      }
    },
  };
}
