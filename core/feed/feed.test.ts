import { describe, expect, test } from "vitest";
import { manualClock } from "#adapters/memory/clock.ts";
import { memoryEventFeed } from "#adapters/memory/event-feed.ts";
import { memoryProjections } from "#adapters/memory/projections.ts";
import { memoryTables } from "#adapters/memory/tables.ts";
import { AppError } from "../lib/errors.ts";
import type { WorldId } from "../lib/ids.ts";
import type { EventFeed, Projections } from "../ports/feed.ts";
import { eventsPerReadMax, follow, lookAgainMs, retryMaxMs } from "./follow.ts";
import { project, type Projection } from "./project.ts";

const world = "e0000000-0000-4000-8000-000000000001" as WorldId;
const gone = () => new AppError("UNAVAILABLE", "The database cannot be reached just now.");

function setup() {
  const tables = memoryTables();
  const clock = manualClock();
  const warnings: string[] = [];
  const ignore = () => undefined;
  const say = (...who: string[]): void => {
    for (const each of who) {
      const version = tables.feed.length + 1;
      const stored = { version, type: "said", schemaVersion: 1, payload: { who: each }, metadata: {} };
      tables.feed.push({ ...stored, position: version, worldId: world, recordedAtMs: 0 });
    }
  };
  return {
    clock,
    say,
    warnings,
    tables,
    log: { debug: ignore, info: ignore, warn: (_: object, text: string) => void warnings.push(text), error: ignore },
    feed: memoryEventFeed(tables),
    projections: memoryProjections(tables),
  };
}

/** Rejects as long as the test says so. */
function failing<Port extends EventFeed | Projections>(port: Port, isDown: () => boolean): Port {
  const entries = Object.entries(port).map(([name, method]) => [
    name,
    (...args: unknown[]) => (isDown() ? Promise.reject(gone()) : (method as (...all: unknown[]) => unknown)(...args)),
  ]);
  return Object.fromEntries(entries) as Port;
}

describe("following", () => {
  test("begins long ago, and goes on with what comes", async () => {
    const ctx = setup();
    const stop = new AbortController();
    const seen: number[] = [];
    ctx.say(...Array.from({ length: eventsPerReadMax + 2 }, () => "ana"));
    const following = follow(ctx, {
      after: 1,
      signal: stop.signal,
      handle: async (events) => void seen.push(...events.map(({ position }) => position)),
    });
    await ctx.clock.advance(0);
    expect(seen).toEqual(Array.from({ length: eventsPerReadMax + 1 }, (_, index) => index + 2));
    ctx.say("bo");
    await ctx.clock.advance(lookAgainMs);
    expect(seen.at(-1)).toBe(eventsPerReadMax + 3);
    stop.abort();
    await following;
    expect(ctx.clock.sleeping()).toBe(0);
  });

  test("waits for a store that is gone, longer each time up to a bound, and misses nothing", async () => {
    const ctx = setup();
    const stop = new AbortController();
    let isDown = true;
    const seen: number[] = [];
    const following = follow(
      { ...ctx, feed: failing(ctx.feed, () => isDown) },
      {
        after: 0,
        signal: stop.signal,
        handle: async (events) => void seen.push(...events.map(({ position }) => position)),
      },
    );
    await ctx.clock.advance(60_000);
    // 250 ms, doubled up to 10 s.
    expect(ctx.warnings).toHaveLength(11);
    ctx.say("ana", "bo");
    isDown = false;
    await ctx.clock.advance(retryMaxMs);
    expect(seen).toEqual([1, 2]);
    stop.abort();
    await following;
  });

  test("ends with the failure of whoever handles, at the event that it failed on", async () => {
    const ctx = setup();
    ctx.say("ana");
    const handle = () => Promise.reject(new Error("cannot"));
    const signal = new AbortController().signal;
    await expect(follow(ctx, { after: 0, signal, handle })).rejects.toThrow("cannot");
  });

  test("a signal that has aborted hands on nothing", async () => {
    const ctx = setup();
    ctx.say("ana");
    await follow(ctx, { after: 0, signal: AbortSignal.abort(), handle: () => Promise.reject(new Error("called")) });
  });
});

describe("a projection", () => {
  const counts: Projection<{ count: number; last: number }> = {
    name: "counts.v1",
    keysOf: ({ payload }) => {
      const { who } = payload as { who: string };
      return who === "nobody" ? [] : [who, "everyone"];
    },
    evolve: (document, event, key) =>
      (event.payload as { forget?: boolean }).forget === true || key === "ghost"
        ? null
        : { count: (document?.count ?? 0) + 1, last: event.position },
  };
  const documents = (ctx: ReturnType<typeof setup>) =>
    Object.fromEntries(ctx.tables.projections.get("counts.v1")?.documents ?? []);

  test("has what each event says of each of its documents", async () => {
    const ctx = setup();
    const stop = new AbortController();
    ctx.say("ana", "bo", "nobody", "ghost", "ana");
    const running = project(ctx, counts, stop.signal);
    await ctx.clock.advance(0);
    expect(documents(ctx)).toEqual({
      ana: { count: 2, last: 5 },
      bo: { count: 1, last: 2 },
      everyone: { count: 4, last: 5 },
    });
    ctx.say("bo");
    await ctx.clock.advance(lookAgainMs);
    expect(documents(ctx)["bo"]).toEqual({ count: 2, last: 6 });
    expect(await ctx.projections.position("counts.v1")).toBe(6);
    stop.abort();
    await running;
  });

  test("run by several at once counts every event once", async () => {
    const ctx = setup();
    const stop = new AbortController();
    const running = [1, 2, 3].map(() => project(ctx, counts, stop.signal));
    for (let round = 0; round < 20; round++) {
      ctx.say("ana", "bo");
      await ctx.clock.advance(lookAgainMs);
    }
    expect(documents(ctx)["everyone"]).toEqual({ count: 40, last: 40 });
    stop.abort();
    await Promise.all(running);
  });

  test("whose step was stored while the answer was lost does not count it twice", async () => {
    const ctx = setup();
    const stop = new AbortController();
    let losses = 3;
    const projections: Projections = {
      ...ctx.projections,
      async advance(step) {
        const answer = await ctx.projections.advance(step);
        if (losses-- > 0) throw gone();
        return answer;
      },
    };
    const running = project({ ...ctx, projections }, counts, stop.signal);
    for (let round = 0; round < 5; round++) {
      ctx.say("ana");
      await ctx.clock.advance(2000);
    }
    expect(losses).toBeLessThan(0);
    expect(documents(ctx)["ana"]).toEqual({ count: 5, last: 5 });
    stop.abort();
    await running;
  });

  test("whose store is gone for a minute goes on by itself", async () => {
    const ctx = setup();
    const stop = new AbortController();
    let isDown = true;
    const down = {
      ...ctx,
      feed: failing(ctx.feed, () => isDown),
      projections: failing(ctx.projections, () => isDown),
    };
    const running = project(down, counts, stop.signal);
    ctx.say("ana");
    await ctx.clock.advance(60_000);
    expect(documents(ctx)).toEqual({});
    isDown = false;
    await ctx.clock.advance(retryMaxMs);
    expect(documents(ctx)["ana"]).toEqual({ count: 1, last: 1 });
    isDown = true;
    ctx.say("ana");
    await ctx.clock.advance(60_000);
    isDown = false;
    await ctx.clock.advance(retryMaxMs);
    expect(documents(ctx)["ana"]).toEqual({ count: 2, last: 2 });
    stop.abort();
    await running;
  });

  test("that was reset is made again from the first event", async () => {
    const ctx = setup();
    const stop = new AbortController();
    ctx.say("ana");
    const running = project(ctx, counts, stop.signal);
    await ctx.clock.advance(0);
    await ctx.projections.reset("counts.v1");
    ctx.say("bo");
    await ctx.clock.advance(lookAgainMs);
    expect(documents(ctx)).toEqual({
      ana: { count: 1, last: 1 },
      bo: { count: 1, last: 2 },
      everyone: { count: 2, last: 2 },
    });
    stop.abort();
    await running;
  });
});
