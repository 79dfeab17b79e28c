import { CompactEncrypt, SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, test } from "vitest";
import { manualClock } from "#adapters/memory/clock.ts";
import { seededEntropy } from "#adapters/memory/entropy.ts";
import { memoryTokens } from "#adapters/memory/tokens.ts";
import { tokenKeys } from "#adapters/token-keys.ts";
import { jwtTokens, type TokenOptions } from "#adapters/tokens.ts";
import { ann, tokensContract, tokenTimeMs } from "./tokens.ts";

const options: TokenOptions = {
  secret: "a secret of at least thirty-two bytes, of these tests",
  issuer: "https://worlds.example",
  audience: "https://worlds.example",
  clock: manualClock(tokenTimeMs),
  entropy: seededEntropy(),
};
const otherSecret = "another secret of at least thirty-two bytes";

tokensContract("the twin in memory", async () => memoryTokens());
tokensContract("signed and encrypted JWTs", async () => jwtTokens(options));

const keys = tokenKeys(options.secret);
const expS = tokenTimeMs / 1000 + 60;
const claims = {
  sub: ann.userId,
  sid: ann.sessionId,
  jti: options.entropy.uuid(),
  username: "Ann",
  role: "user",
  iss: options.issuer,
  aud: options.audience,
  iat: expS - 60,
  nbf: expS - 90,
  exp: expS,
};
const signedHeader = { alg: "HS256", typ: "thousand-worlds-access+jwt", kid: keys.kid };
const sealedHeader = { alg: "dir", enc: "A256GCM", typ: "thousand-worlds-access+jwe", cty: signedHeader.typ };

const sign = (payload: object = {}, header: object = {}, key = keys.signing) =>
  new SignJWT({ ...claims, ...payload }).setProtectedHeader({ ...signedHeader, ...header }).sign(key);
const seal = (inside: string, header: object = {}, key = keys.encryption) =>
  new CompactEncrypt(new TextEncoder().encode(inside))
    .setProtectedHeader({ ...sealedHeader, kid: keys.kid, ...header })
    .encrypt(key);
const verify = (token: string, nowMs = tokenTimeMs) => jwtTokens(options).verify(token, nowMs);

test("the forge of these tests makes valid tokens, so that what follows fails for its own reason", async () => {
  expect(await verify(await seal(await sign()))).toEqual(ann);
});

describe("the signed layer", () => {
  test.each([
    ["another issuer", { iss: "https://elsewhere.example" }],
    ["another audience", { aud: "https://elsewhere.example" }],
    ["no issuer", { iss: undefined }],
    ["no audience", { aud: undefined }],
    ["no end", { exp: undefined }],
    ["no start", { nbf: undefined }],
    ["no time of making", { iat: undefined }],
    ["no id of its own", { jti: undefined }],
    ["no session", { sid: undefined }],
    ["no subject", { sub: undefined }],
    ["a subject that is no id", { sub: "ann" }],
    ["an unknown role", { role: "god" }],
    ["a start in the future", { nbf: expS - 10 }],
    ["an end in the past, and no session", { exp: expS - 100, sid: undefined }],
    ["an end in the past, and another issuer", { exp: expS - 100, iss: "https://elsewhere.example" }],
  ])("with our signature and %s is none", async (_, changes) => {
    expect(await verify(await seal(await sign(changes)))).toBeNull();
  });

  test.each([
    ["typ JWT", { typ: "JWT" }],
    ["no typ", { typ: undefined }],
    ["the typ of the other layer", { typ: sealedHeader.typ }],
    ["HS384", { alg: "HS384" }],
    ["HS512", { alg: "HS512" }],
    ["no kid", { kid: undefined }],
    ["an unknown kid", { kid: "other" }],
  ])("with %s in its header is none", async (_, header) => {
    expect(await verify(await seal(await sign({}, header)))).toBeNull();
  });

  test("without a signature, or with one by another key of ours or of somebody else, is none", async () => {
    const inside = [
      new UnsecuredJWT(claims).encode(),
      await sign({}, {}, keys.encryption),
      await sign({}, {}, keys.refresh),
      await sign({}, {}, tokenKeys(otherSecret).signing),
    ];
    for (const each of inside) expect(await verify(await seal(each))).toBeNull();
  });

  test("a claim changed after signing breaks it", async () => {
    const [header, , signature] = (await sign()).split(".");
    const changed = Buffer.from(JSON.stringify({ ...claims, role: "admin" })).toString("base64url");
    expect(await verify(await seal(`${header}.${changed}.${signature}`))).toBeNull();
  });
});

describe("the encrypted layer", () => {
  test("what is only signed is none, and what it says cannot be read from a token", async () => {
    expect(await verify(await sign())).toBeNull();
    const token = await jwtTokens(options).sign({ ...ann, username: "Tell-Tale" }, expS * 1000);
    const readable = token.split(".").map((part) => Buffer.from(part, "base64url").toString("latin1"));
    for (const hidden of ["Tell-Tale", ann.userId, ann.sessionId]) expect(readable.join()).not.toContain(hidden);
  });

  test.each([
    ["A128GCM", { enc: "A128GCM" }, keys.encryption.export().subarray(16)],
    ["A128CBC-HS256, whose key is as long as ours", { enc: "A128CBC-HS256" }, keys.encryption],
    ["A256CBC-HS512", { enc: "A256CBC-HS512" }, new Uint8Array(64).fill(7)],
    ["the signing key", {}, keys.signing],
    ["another secret's key", {}, tokenKeys(otherSecret).encryption],
    ["an unknown kid", { kid: "other" }, keys.encryption],
    ["no kid", { kid: undefined }, keys.encryption],
    ["typ JWT", { typ: "JWT" }, keys.encryption],
    ["no cty", { cty: undefined }, keys.encryption],
  ])("with %s is none", async (_, header, key) => {
    expect(await verify(await seal(await sign(), header, key as typeof keys.encryption))).toBeNull();
  });

  test("a key that the token brings along, or asks to be wrapped or derived, is not used", async () => {
    const own = new Uint8Array(32).fill(7);
    const jwk = { kty: "oct", k: Buffer.from(own).toString("base64url") };
    const inside = await sign();
    const bytes = new TextEncoder().encode(inside);
    const wrapped = (alg: string, key: Uint8Array) =>
      new CompactEncrypt(bytes).setProtectedHeader({ ...sealedHeader, kid: keys.kid, alg }).encrypt(key);
    const tokens = [
      await seal(inside, { jwk }, own as never),
      await seal(inside, { jku: "https://evil.example", x5u: "https://evil.example" }, own as never),
      await wrapped("A256KW", keys.encryption.export()),
      await wrapped("A256GCMKW", keys.encryption.export()),
      await wrapped("PBES2-HS256+A128KW", keys.encryption.export()),
    ];
    for (const token of tokens) expect(await verify(token)).toBeNull();
  });
});

test("a token is not good before it was made, but for clocks that differ by seconds", async () => {
  const token = await jwtTokens(options).sign(ann, expS * 1000);
  expect(await verify(token, tokenTimeMs - 30_000)).toEqual(ann);
  expect(await verify(token, tokenTimeMs - 31_000)).toBeNull();
});

test("the secret is changed in three steps, and every token of every step is good until the old secret is gone", async () => {
  const make = (secret: string, otherSecrets: string[]) => jwtTokens({ ...options, secret, otherSecrets });
  const [before, announced, after, done] = [
    make(options.secret, []),
    make(options.secret, [otherSecret]),
    make(otherSecret, [options.secret]),
    make(otherSecret, []),
  ];
  const both = async (tokens: typeof before) => ({
    access: await tokens.sign(ann, expS * 1000),
    refresh: tokens.signRefresh({ sessionId: ann.sessionId, generation: 3, secret: tokens.newSecret() }),
  });
  const isGood = async (by: typeof before, { access, refresh }: Awaited<ReturnType<typeof both>>) => [
    (await by.verify(access, tokenTimeMs)) !== null,
    by.readRefresh(refresh) !== null,
  ];
  const [old, fresh] = [await both(before), await both(after)];
  for (const by of [before, announced, after]) expect(await isGood(by, old)).toEqual([true, true]);
  for (const by of [announced, after, done]) expect(await isGood(by, fresh)).toEqual([true, true]);
  expect(await isGood(before, fresh)).toEqual([false, false]);
  expect(await isGood(done, old)).toEqual([false, false]);
});

test("of a refresh token nothing can be changed by its holder", () => {
  const tokens = jwtTokens(options);
  const token = tokens.signRefresh({ sessionId: ann.sessionId, generation: 1, secret: tokens.newSecret() });
  const parts = token.split(".");
  const changed = parts.map((part, index) =>
    parts.with(
      index,
      part.replace(/.$/, (last) => (last === "2" ? "3" : "2")),
    ),
  );
  for (const each of [...changed, parts.with(1, "01"), [...parts, ""], parts.slice(0, 3)])
    expect(tokens.readRefresh(each.join("."))).toBeNull();
});

test("a secret that is too short is refused at once", () => {
  expect(() => jwtTokens({ ...options, secret: "x".repeat(31) })).toThrow("32 bytes");
  expect(() => jwtTokens({ ...options, otherSecrets: ["x".repeat(31)] })).toThrow("32 bytes");
});
