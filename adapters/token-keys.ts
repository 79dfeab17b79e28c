import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from "node:crypto";
import { assert } from "#core/lib/assert.ts";

/** Everything that one secret is used for has a key of its own, so that none can stand in for another. */
export type TokenKeys = {
  /** Names the secret, and tells nothing about it. */
  readonly kid: string;
  readonly signing: KeyObject;
  readonly encryption: KeyObject;
  readonly refresh: KeyObject;
};

export const secretBytesMin = 32;
const keyBytes = 32;
const kidBytes = 9;

/** HKDF (RFC 5869) over SHA-256. */
export function tokenKeys(secret: string): TokenKeys {
  assert(Buffer.byteLength(secret) >= secretBytesMin, `the secret of tokens has at least ${secretBytesMin} bytes`);
  const derive = (use: string, bytes: number) =>
    Buffer.from(hkdfSync("sha256", secret, "thousand-worlds", `tokens/1/${use}`, bytes));
  const key = (use: string) => createSecretKey(derive(use, keyBytes));
  return {
    kid: derive("kid", kidBytes).toString("base64url"),
    signing: key("signing"),
    encryption: key("encryption"),
    refresh: key("refresh"),
  };
}

export function macOf(key: KeyObject, text: string): string {
  return createHmac("sha256", key).update(text).digest("base64url");
}

/** Takes as long wherever they differ. */
export function isMacOf(key: KeyObject, text: string, mac: string): boolean {
  const [given, right] = [Buffer.from(mac), Buffer.from(macOf(key, text))];
  return given.length === right.length && timingSafeEqual(given, right);
}
