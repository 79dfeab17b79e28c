import { CompactEncrypt, compactDecrypt, errors, jwtVerify, SignJWT } from "jose";
import * as z from "zod";
import type { SessionId, UserId } from "#core/lib/ids.ts";
import type { Tokens } from "#core/ports/credentials.ts";
import type { Clock, Entropy } from "#core/ports/system.ts";
import { refreshTokens } from "./refresh-tokens.ts";
import { type TokenKeys, tokenKeys } from "./token-keys.ts";

export type TokenOptions = {
  /** What new tokens are made with: at least 32 bytes of randomness. */
  readonly secret: string;
  /** Tokens made with these are still good. */
  readonly otherSecrets?: readonly string[];
  readonly issuer: string;
  readonly audience: string;
  readonly clock: Clock;
  readonly entropy: Entropy;
};

const tokenLengthMax = 2048;
/** The clocks of two processes may differ by this much. */
const skewS = 30;

const signed = { alg: "HS256", typ: "thousand-worlds-access+jwt" } as const;
const encrypted = { alg: "dir", enc: "A256GCM", typ: "thousand-worlds-access+jwe", cty: signed.typ } as const;

const claims = z.object({
  sub: z.guid(),
  sid: z.guid(),
  jti: z.guid(),
  username: z.string(),
  role: z.enum(["user", "admin"]),
  iat: z.number(),
  nbf: z.number(),
  exp: z.number(),
});

/**
 * JWTs signed with HS256 inside JWEs encrypted directly with A256GCM. Both layers take one algorithm and one `typ`, and a key that the `kid`
 * may only choose among ours; `iss` and `aud` keep tokens of one installation from being taken by another.
 */
export function jwtTokens({ secret, otherSecrets = [], issuer, audience, clock, entropy }: TokenOptions): Tokens {
  const newest = tokenKeys(secret);
  const keys = [newest, ...otherSecrets.map(tokenKeys)] as const;
  const keysByKid = new Map<unknown, TokenKeys>(keys.map((each) => [each.kid, each]));

  return {
    ...refreshTokens([...keys], entropy),

    async sign({ userId, sessionId, username, role }, expiresAtMs) {
      const nowS = Math.floor(clock.nowMs() / 1000);
      const inside = await new SignJWT({ sid: sessionId, username, role })
        .setProtectedHeader({ ...signed, kid: newest.kid })
        .setSubject(userId)
        .setJti(entropy.uuid())
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(nowS)
        .setNotBefore(nowS - skewS)
        .setExpirationTime(Math.floor(expiresAtMs / 1000))
        .sign(newest.signing);
      return new CompactEncrypt(new TextEncoder().encode(inside))
        .setProtectedHeader({ ...encrypted, kid: newest.kid })
        .encrypt(newest.encryption);
    },

    async verify(token, nowMs) {
      if (token.length > tokenLengthMax || !isCanonical(token)) return null;
      try {
        const { inside, key } = await opened(token, keysByKid);
        const expected = { algorithms: [signed.alg], typ: signed.typ, issuer, audience, currentDate: new Date(nowMs) };
        const { payload, protectedHeader } = await jwtVerify(inside, key.signing, expected);
        if (protectedHeader.kid !== key.kid) return null;
        const { sub, sid, username, role } = claims.parse(payload);
        return { userId: sub as UserId, sessionId: sid as SessionId, username, role };
      } catch (error) {
        // Thrown only for what is ours in every other respect.
        return error instanceof errors.JWTExpired && claims.safeParse(error.payload).success ? "expired" : null;
      }
    },
  };
}

/** jose reads over white space and leftover bits. One token has one spelling, so that nothing can count or block it as another. */
function isCanonical(token: string): boolean {
  return token.split(".").every((part) => Buffer.from(part, "base64url").toString("base64url") === part);
}

async function opened(token: string, keysByKid: ReadonlyMap<unknown, TokenKeys>) {
  const keyOf = ({ kid }: { kid?: unknown }) => {
    const key = keysByKid.get(kid);
    if (key === undefined) throw new errors.JWEDecryptionFailed();
    return key;
  };
  const { plaintext, protectedHeader } = await compactDecrypt(token, (header) => keyOf(header ?? {}).encryption, {
    keyManagementAlgorithms: [encrypted.alg],
    contentEncryptionAlgorithms: [encrypted.enc],
  });
  if (protectedHeader.typ !== encrypted.typ || protectedHeader.cty !== encrypted.cty) throw new errors.JWEInvalid();
  return { inside: plaintext, key: keyOf(protectedHeader) };
}
