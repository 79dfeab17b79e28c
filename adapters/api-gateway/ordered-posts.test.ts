import { describe, expect, test } from "vitest";
import { manualClock } from "#adapters/memory/clock.ts";
import type { ConnectionId } from "#core/lib/ids.ts";
import { orderedPosts } from "./ordered-posts.ts";
import type { Attempt } from "./ordered-posts.ts";

const id = "one" as ConnectionId;
const other = "other" as ConnectionId;
const policy = { attemptsMax: 3, firstDelayMs: 100, waitingMax: 4 };

function setup(attempt: (id: ConnectionId, frame: string) => Promise<Attempt>) {
  const clock = manualClock();
  const attempts: string[] = [];
  const closed: ConnectionId[] = [];
  const clients = orderedPosts({
    clock,
    policy,
    attempt(to, frame) {
      attempts.push(`${to} ${frame} ${clock.monotonicMs()}`);
      return attempt(to, frame);
    },
    async close(to) {
      closed.push(to);
    },
  });
  return { clock, attempts, closed, clients };
}

describe("posts to the gateway", () => {
  test("of one connection wait for each other, of another do not wait for them", async () => {
    const gate = Promise.withResolvers<Attempt>();
    const { clients, attempts } = setup((to) => (to === id ? gate.promise : Promise.resolve({ outcome: "posted" })));
    const posts = [clients.post(id, "a"), clients.post(id, "b")];
    expect(await clients.post(other, "c")).toBe("posted");
    expect(attempts).toEqual(["one a 0", "other c 0"]);
    gate.resolve({ outcome: "posted" });
    expect(await Promise.all(posts)).toEqual(["posted", "posted"]);
    expect(attempts).toEqual(["one a 0", "other c 0", "one b 0"]);
  });

  test("go on when the client drains in time", async () => {
    let refusals = 2;
    const { clients, clock, attempts, closed } = setup(async () => ({ outcome: refusals-- > 0 ? "full" : "posted" }));
    const post = clients.post(id, "a");
    await clock.advance(300);
    expect(await post).toBe("posted");
    expect(attempts).toEqual(["one a 0", "one a 100", "one a 300"]);
    expect(closed).toEqual([]);
  });

  test("give a client up that stays full, once, with all that waited for it", async () => {
    const { clients, clock, attempts, closed } = setup(async () => ({ outcome: "full" }));
    const posts = [clients.post(id, "a"), clients.post(id, "b")];
    await clock.advance(10_000);
    expect(await Promise.all(posts)).toEqual(["slow", "slow"]);
    expect(attempts).toEqual(["one a 0", "one a 100", "one a 300"]);
    expect(closed).toEqual([id]);
  });

  test("give a client up for which too many wait", async () => {
    const gate = Promise.withResolvers<Attempt>();
    const { clients, closed } = setup(() => gate.promise);
    const posts = ["a", "b", "c", "d"].map((frame) => clients.post(id, frame));
    await Promise.resolve();
    expect(await clients.post(id, "one too many")).toBe("slow");
    expect(closed).toEqual([id]);
    gate.resolve({ outcome: "posted" });
    expect(await Promise.all(posts)).toEqual(["posted", "slow", "slow", "slow"]);
  });

  test("a failing gateway is tried again and then UNAVAILABLE; the client is not given up for it", async () => {
    let isFailing = true;
    const cause = new Error("503");
    const { clients, clock, attempts, closed } = setup(async () =>
      isFailing ? { outcome: "failing", cause } : { outcome: "posted" },
    );
    const post = clients.post(id, "a").catch((error: unknown) => error);
    await clock.advance(10_000);
    expect(await post).toMatchObject({ code: "UNAVAILABLE", cause });
    expect(attempts).toHaveLength(policy.attemptsMax);
    expect(closed).toEqual([]);
    isFailing = false;
    expect(await clients.post(id, "b")).toBe("posted");
  });

  test("an attempt that throws is not made again, and the next post goes on", async () => {
    let isLost = true;
    const { clients, attempts } = setup(async () => {
      if (isLost) throw new Error("no answer");
      return { outcome: "posted" };
    });
    await expect(clients.post(id, "a")).rejects.toThrow("no answer");
    isLost = false;
    expect(await clients.post(id, "b")).toBe("posted");
    expect(attempts).toEqual(["one a 0", "one b 0"]);
  });
});
