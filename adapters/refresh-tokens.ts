import { createHash } from "node:crypto";
import { isUuid, type SessionId } from "#core/lib/ids.ts";
import type { Tokens } from "#core/ports/credentials.ts";
import type { Entropy } from "#core/ports/system.ts";
import { isMacOf, macOf, type TokenKeys } from "./token-keys.ts";

const secretWords = 8;
const shape = /^([0-9a-f-]{36})\.(0|[1-9]\d{0,9})\.([\w-]{43})\.([\w-]{43})$/;

/**
 * `<session>.<generation>.<secret>.<mac>`. Who has never held a token of the family does not know its secret; who has an older one cannot make
 * the newer, for want of the key. So every token that gets past here was given out by us, and the store can tell a stolen one from a made-up one.
 */
export function refreshTokens(
  keys: readonly [TokenKeys, ...TokenKeys[]],
  entropy: Entropy,
): Pick<Tokens, "newSecret" | "hashOf" | "signRefresh" | "readRefresh"> {
  return {
    newSecret() {
      const words = Uint32Array.from({ length: secretWords }, () => entropy.uint32());
      return Buffer.from(words.buffer).toString("base64url");
    },

    hashOf: (secret) => createHash("sha256").update(secret).digest("base64url"),

    signRefresh({ sessionId, generation, secret }) {
      const text = `${sessionId}.${generation}.${secret}`;
      return `${text}.${macOf(keys[0].refresh, text)}`;
    },

    readRefresh(token) {
      const [, sessionId = "", generation = "", secret = "", mac = ""] = shape.exec(token) ?? [];
      const text = `${sessionId}.${generation}.${secret}`;
      if (!isUuid(sessionId) || !keys.some(({ refresh }) => isMacOf(refresh, text, mac))) return null;
      return { sessionId: sessionId as SessionId, generation: Number(generation), secret };
    },
  };
}
