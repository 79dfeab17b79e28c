import { expect, test } from "vitest";
import { ann, mailRig } from "#tests/support/mail-rig.ts";
import { characterId, characterRecord } from "#tests/support/records.ts";
import { appended } from "#adapters/memory/tables.ts";
import { toStoredBiography } from "../character/biography/stored.ts";
import { lobbyWorldId, valleyWorldId } from "../lib/ids.ts";
import { checkToken } from "./check-token.ts";
import { exportAccount, exportedEventsMax } from "./export-account.ts";
import { exportedWordsMax, interviewPagesFrom } from "./export-interviews.ts";
import { login } from "./login.ts";
import { register } from "./register.ts";

async function setup() {
  const rig = mailRig();
  const { ctx, tables } = rig;
  await register(ctx, ann);
  await register(ctx, { ...ann, email: "eve@example.org", username: "Eve" });
  const principal = await checkToken(ctx, (await login(ctx, ann)).token);
  await ctx.characters.create(
    characterRecord(1, { userId: principal.userId, homeWorldId: valleyWorldId, worldId: valleyWorldId }),
  );
  const spoke = (who: number, text: string) => {
    const version = tables.feed.length + 1;
    tables.feed.push({
      position: version,
      worldId: valleyWorldId,
      version,
      type: "spoke",
      schemaVersion: 1,
      payload: { characterId: characterId(who), text },
      metadata: { actorId: characterId(who) },
      recordedAtMs: 7,
    });
  };
  const page = (after: number | null) => exportAccount(ctx, { principal, after });
  return { ...rig, principal, spoke, page };
}

test("the first page has everything about oneself but events, and nothing of anybody else or that could open anything", async () => {
  const { page, principal, tables } = await setup();
  tables.worlds.set(valleyWorldId, { ...tables.worlds.get(valleyWorldId)!, ownerId: principal.userId });
  const { about, events, next } = await page(null);
  expect([events, next]).toEqual([[], interviewPagesFrom]);
  expect(about).toMatchObject({
    account: { email: ann.email, username: "Ann" },
    sessions: [{ id: principal.sessionId }],
    characters: [{ id: characterId(1) }],
    worlds: [{ id: valleyWorldId, name: "Valley" }],
    audit: [{ type: "logged-in", address: "198.51.100.1" }, { type: "registered" }],
  });
  expect(JSON.stringify(about)).not.toMatch(/eve|memory\$|secret|correct horse/i);
});

test("the other pages have what one's characters did, each event once", async () => {
  const { page, spoke } = await setup();
  const count = exportedEventsMax * 2 + 3;
  for (let n = 0; n < count; n++) {
    spoke(1, `mine ${n}`);
    spoke(2, `theirs ${n}`);
  }
  const texts: unknown[] = [];
  let next: number | null = 0;
  let pages = 0;
  while (next !== null && next < 5e14) {
    const read = await page(next);
    expect(read.about).toBeNull();
    expect(Object.keys(read.events[0] ?? {}).toSorted()).toEqual([
      "payload",
      "position",
      "recordedAtMs",
      "type",
      "version",
      "worldId",
    ]);
    texts.push(...read.events.map(({ payload }) => (payload as { text: string }).text));
    next = read.next;
    pages += 1;
  }
  expect(pages).toBe(3);
  expect(texts).toEqual(Array.from({ length: count }, (_, n) => `mine ${n}`));
});

test("the last pages have the histories of one's characters, each event once, and nobody else's", async () => {
  const { ctx, page, principal, tables } = await setup();
  const other = characterRecord(2, { userId: principal.userId, homeWorldId: lobbyWorldId, worldId: lobbyWorldId });
  await ctx.characters.create({ ...other, createdAtMs: other.createdAtMs + 1 });
  await ctx.characters.create(characterRecord(3));
  const seen = toStoredBiography({
    event: { type: "movedFar", worldId: valleyWorldId, position: { x: 1, y: 2, z: 3 } },
    metadata: { atMs: 7 },
  });
  const count = 2 * exportedEventsMax;
  for (const number of [1, 3]) {
    const id = characterId(number);
    tables.biographies.set(
      id,
      appended(
        tables.biographies.get(id)!,
        Array.from({ length: count - 1 }, () => seen),
      ),
    );
  }
  const told: [string, number][] = [];
  let { next } = await page(0);
  for (let pages = 0; next !== null; pages++) {
    expect(pages).toBeLessThan(5);
    const read = await page(next);
    told.push(...read.biographyEvents.map(({ characterId: of, version }): [string, number] => [of, version]));
    next = read.next;
  }
  const first = Array.from({ length: count }, (_, index) => [characterId(1), index + 1]);
  expect(told).toEqual([...first, [characterId(2), 1]]);
});

test("before those come the pages with every word of one's interviews, and nothing of anybody else's", async () => {
  const { page, tables, principal } = await setup();
  const said = (count: number, who: string) =>
    Array.from({ length: count }, (_, n) => ({
      version: n + 1,
      type: "said",
      schemaVersion: 1,
      payload: { text: `${who} ${n}` },
      metadata: { atMs: 7 },
    }));
  const interview = { status: "open" as const, userId: principal.userId };
  tables.interviews.set("i1" as never, { ...interview, id: "i1" as never, events: said(exportedWordsMax + 1, "mine") });
  tables.interviews.set("i2" as never, {
    ...interview,
    id: "i2" as never,
    userId: "other" as never,
    events: said(3, "theirs"),
  });
  const { next } = await page(null);
  const [first, second] = [await page(next), await page((next ?? 0) + exportedWordsMax)];
  expect(first.interviewEvents).toHaveLength(exportedWordsMax);
  expect(first.next).toBe((next ?? 0) + exportedWordsMax);
  expect(second).toEqual({
    about: null,
    biographyEvents: [],
    events: [],
    next: 0,
    interviewEvents: [{ interviewId: "i1", version: 101, type: "said", payload: { text: "mine 100" }, atMs: 7 }],
  });
});

test("pages are limited, and there is none before the first", async () => {
  const { page } = await setup();
  await expect(page(-1)).rejects.toMatchObject({ code: "INVALID_INPUT" });
  for (let n = 1; n < 60; n++) await page(0);
  await expect(page(0)).rejects.toMatchObject({ code: "RATE_LIMITED" });
});
