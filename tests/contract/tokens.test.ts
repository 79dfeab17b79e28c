import { SignJWT, UnsecuredJWT } from "jose";
import { expect, test } from "vitest";
import { manualClock } from "#adapters/memory/clock.ts";
import { seededEntropy } from "#adapters/memory/entropy.ts";
import { memoryTokens } from "#adapters/memory/tokens.ts";
import { jwtTokens, type TokenOptions } from "#adapters/tokens.ts";
import { ann, tokensContract, tokenTimeMs } from "./tokens.ts";

const options: TokenOptions = {
  secret: "a secret as long as the largest of these algorithms would like it to be, and longer",
  issuer: "https://worlds.example",
  audience: "https://worlds.example",
  clock: manualClock(tokenTimeMs),
  entropy: seededEntropy(),
};

tokensContract("the twin in memory", async () => memoryTokens());
tokensContract("signed JWTs", async () => jwtTokens(options));

const key = new TextEncoder().encode(options.secret);
const typ = "thousand-worlds-session+jwt";
const expS = tokenTimeMs / 1000 + 60;
const payload = {
  sub: ann.userId,
  sid: ann.sessionId,
  jti: options.entropy.uuid(),
  username: "Ann",
  role: "user",
  iss: options.issuer,
  aud: options.audience,
  exp: expS,
};
const forge = (changes: object, header: object = {}, signedWith = key) =>
  new SignJWT({ ...payload, ...changes }).setProtectedHeader({ alg: "HS256", typ, ...header }).sign(signedWith);
const verify = (token: string) => jwtTokens(options).verify(token, tokenTimeMs);

test("the forge of these tests makes valid tokens, so that what follows fails for its own reason", async () => {
  expect(await verify(await forge({}))).toEqual(ann);
});

test.each([
  ["another issuer", { iss: "https://elsewhere.example" }],
  ["another audience", { aud: "https://elsewhere.example" }],
  ["no end", { exp: undefined }],
  ["no id of its own", { jti: undefined }],
  ["no session", { sid: undefined }],
  ["no subject", { sub: undefined }],
  ["a subject that is no id", { sub: "ann" }],
  ["an unknown role", { role: "god" }],
  ["a start in the future", { nbf: expS - 10 }],
])("a token with our signature and %s is none", async (_, changes) => {
  expect(await verify(await forge(changes))).toBeNull();
});

test("a token of another kind made with the same secret is none", async () => {
  expect(await verify(await forge({}, { typ: "JWT" }))).toBeNull();
  expect(await verify(await forge({}, { typ: undefined }))).toBeNull();
});

test.each(["HS384", "HS512"])("a token signed with our secret by %s is none", async (alg) => {
  expect(await verify(await forge({}, { alg }))).toBeNull();
});

test("a token without a signature is none", async () => {
  expect(await verify(new UnsecuredJWT(payload).encode())).toBeNull();
});

test("a token signed with another secret is none", async () => {
  expect(await verify(await forge({}, {}, new Uint8Array(32).fill(7)))).toBeNull();
});

test("a claim changed after signing breaks the token", async () => {
  const [header, , signature] = (await forge({})).split(".");
  const changed = Buffer.from(JSON.stringify({ ...payload, role: "admin" })).toString("base64url");
  expect(await verify(`${header}.${changed}.${signature}`)).toBeNull();
});

test("a secret that is too short is refused at once", () => {
  expect(() => jwtTokens({ ...options, secret: "x".repeat(31) })).toThrow("32 bytes");
});
