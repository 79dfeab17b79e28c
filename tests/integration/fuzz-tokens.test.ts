import { expect, test } from "vitest";
import { manualClock } from "#adapters/memory/clock.ts";
import { seededEntropy } from "#adapters/memory/entropy.ts";
import { jwtTokens } from "#adapters/tokens.ts";
import { httpApp } from "#tests/support/http-app.ts";
import { ann, tokenTimeMs } from "../contract/tokens.ts";

// A million take twenty seconds and more: in CI, with `npm run test:long`, or with TOKEN_FUZZ_RUNS.
const isLong = process.env["CI"] === "true" || process.env["LONG_TESTS"] === "true";
const runs = Number(process.env["TOKEN_FUZZ_RUNS"] ?? (isLong ? 1_000_000 : 30_000));
const inFlight = 500;

const alphabet = [...Array.from("ABCxyz019-_.=+/ {}"), "\n", "\u0000", "\u00e9", "\ud800", "🐉", '"', "'"];
const joseHeaders = [
  { alg: "none" },
  { alg: "dir", enc: "A256GCM" },
  { alg: "dir", enc: "A256GCM", zip: "DEF" },
  { alg: "RSA-OAEP", enc: "A256GCM" },
  { alg: "PBES2-HS256+A128KW", enc: "A256GCM", p2c: 2 ** 31, p2s: "AAAA" },
  { alg: "ECDH-ES", enc: "A256GCM", epk: { kty: "EC", crv: "P-256", x: "AA", y: "AA" } },
  { alg: "HS256", typ: "thousand-worlds-access+jwt" },
  { alg: ["dir"], enc: {}, kid: { toString: "x" }, crit: ["alg"] },
  { __proto__: null, kid: "__proto__" },
  null,
  [],
  "dir",
];

test(
  `of ${runs} mutilated and invented tokens none is taken, and none makes anything throw`,
  { timeout: 900_000 },
  async () => {
    const entropy = seededEntropy(20_261_122);
    const below = (max: number) => entropy.uint32() % max;
    const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
    const noise = (lengthMax: number) => Array.from({ length: below(lengthMax) }, () => pick(alphabet)).join("");

    const tokens = jwtTokens({
      secret: "a secret of at least thirty-two bytes, of these tests",
      issuer: "https://worlds.example",
      audience: "https://worlds.example",
      clock: manualClock(tokenTimeMs),
      entropy,
    });
    const access = await tokens.sign(ann, tokenTimeMs + 60_000);
    const refresh = tokens.signRefresh({ sessionId: ann.sessionId, generation: 7, secret: tokens.newSecret() });
    const seeds = [access, refresh];

    const cut = (text: string) => text.slice(below(text.length), below(text.length + 1));
    const flip = (text: string) => {
      const at = below(text.length);
      return text.slice(0, at) + pick(alphabet) + text.slice(at + below(3));
    };
    const swapParts = (text: string) => {
      const parts = text.split(".");
      return parts.with(below(parts.length), pick(pick(seeds).split("."))).join(".");
    };
    const invent = () => {
      const header = Buffer.from(JSON.stringify(pick(joseHeaders))).toString("base64url");
      return [header, ...Array.from({ length: below(6) }, () => noise(60))].join(".");
    };
    const withHeader = (text: string) =>
      text.replace(/^[^.]*/, Buffer.from(JSON.stringify(pick(joseHeaders))).toString("base64url"));
    const kinds = [
      cut,
      flip,
      (text: string) => flip(flip(text)),
      swapParts,
      withHeader,
      invent,
      () => noise(300),
      (text: string) => text + noise(5),
    ];

    const taken: string[] = [];
    for (let done = 0; done < runs; done += inFlight) {
      const batch = Array.from({ length: Math.min(inFlight, runs - done) }, () => pick(kinds)(pick(seeds)));
      await Promise.all(
        batch.map(async (text) => {
          if (text !== access && (await tokens.verify(text, tokenTimeMs)) !== null) taken.push(text);
          if (text !== refresh && tokens.readRefresh(text) !== null) taken.push(text);
        }),
      );
    }
    expect(taken.length, `${taken.slice(0, 3).join("\n")}\nof ${access}\nand ${refresh}`).toBe(0);
    expect(await tokens.verify(access, tokenTimeMs)).toEqual(ann);
  },
);

test("no header or cookie, however odd, is more than a 401", { timeout: 900_000 }, async () => {
  const { app, token } = await httpApp();
  const { uint32 } = seededEntropy(4);
  // All that a header may hold: Latin letters and marks, without line ends and NUL.
  const noise = () => {
    const codes = Array.from({ length: uint32() % 80 }, () => 1 + (uint32() % 255));
    return String.fromCharCode(...codes.filter((code) => code !== 10 && code !== 13));
  };
  const odd = [
    () => ({ authorization: noise() }),
    () => ({ authorization: `Bearer ${noise()}` }),
    () => ({ authorization: `Bearer ${token}${noise()}x` }),
    () => ({ cookie: noise() }),
    () => ({ cookie: `auth_token=${noise()}%${noise()}` }),
    () => ({ cookie: `auth_token="${token}x${noise()}"x; auth_token=` }),
    () => ({ authorization: "Bearer ", cookie: `auth_token=${"%e0%a4%a".repeat(uint32() % 9)}` }),
  ];
  const statuses = new Map<number, number>();
  for (let run = 0; run < runs / 30; run++) {
    const headers = odd[run % odd.length]!();
    const { status } = await app.request("/api/auth/me", { headers });
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  expect([...statuses.keys()]).toEqual([401]);
});
