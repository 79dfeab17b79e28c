import { expect, test } from "vitest";
import { GameLink, type LinkOptions, type LinkState, type LinkWorld, type SocketEvents } from "./game-link.ts";
import { ApiError } from "./rest.ts";

type FakeSocket = SocketEvents & { readonly url: string; readonly sent: unknown[]; closedWith: number | null };

/** A link over sockets and a clock that the test moves. */
function setup({ lastSeq = null, tickets = [] }: { lastSeq?: number | null; tickets?: (string | ApiError)[] } = {}) {
  const sockets: FakeSocket[] = [];
  const states: LinkState[] = [];
  const outcomes: string[] = [];
  const shown: number[] = [];
  let nowMs = 0;
  let ids = 0;
  let timers: { readonly atMs: number; readonly work: () => void }[] = [];
  const world: LinkWorld = {
    nowMs: () => nowMs,
    after(ms, work) {
      const timer = { atMs: nowMs + ms, work };
      timers.push(timer);
      return () => (timers = timers.filter((each) => each !== timer));
    },
    random: () => 1,
    uuid: () => `c${++ids}`,
    openSocket(url, protocols, events) {
      const socket: FakeSocket = { ...events, url: `${url} ${protocols.join()}`, sent: [], closedWith: null };
      sockets.push(socket);
      return {
        send: (text) => socket.sent.push(JSON.parse(text)),
        close: (code) => (socket.closedWith = code),
      };
    },
  };
  const options: LinkOptions = {
    url: "ws://here/ws",
    ticket: async () => {
      const next = tickets.shift() ?? "t";
      if (next instanceof ApiError) throw next;
      return { ticket: next };
    },
    characterId: "me",
    lastSeq,
    onFrame: ({ seq }) => shown.push(seq),
    onState: (state) => states.push(state),
    onCommand: (id, outcome) => outcomes.push(`${id} ${outcome}`),
  };
  const link = new GameLink(options, world);
  const settle = async () => {
    for (let i = 0; i < 5; i++) await Promise.resolve();
  };
  return {
    link,
    sockets,
    states,
    outcomes,
    shown,
    /** The newest socket, open. */
    async opened() {
      await settle();
      const socket = sockets.at(-1)!;
      socket.onOpen();
      return socket;
    },
    async pass(ms: number) {
      const endMs = nowMs + ms;
      for (;;) {
        const next = timers.filter(({ atMs }) => atMs <= endMs).toSorted((a, b) => a.atMs - b.atMs)[0];
        if (next === undefined) break;
        timers = timers.filter((each) => each !== next);
        nowMs = next.atMs;
        next.work();
        await settle();
      }
      nowMs = endMs;
    },
    settle,
  };
}

const frame = (seq: number, more: object = { type: "state_update", data: {} }) =>
  JSON.stringify({ seq, time: "", ...more });
const command = (id: string, text: string, n: number) => ({ type: "command", data: { text, id, n } });
const ping = { type: "ping" };
const pong = frame(0, { type: "pong" });

test("it opens with a ticket as a subprotocol, as its character, and sends what is typed under an id and a number", async () => {
  const { link, opened, sockets, states } = setup();
  const socket = await opened();
  link.command("look");
  link.command("north");
  expect(sockets.map(({ url }) => url)).toEqual(["ws://here/ws?character_id=me thousand-worlds.v1,ticket.t"]);
  expect(socket.sent).toEqual([command("c1", "look", 1), command("c2", "north", 2)]);
  expect(states).toEqual([{ kind: "connecting" }, { kind: "open" }]);
});

test("after a break it resumes after the last frame it had, and sends again what is not known to have arrived, in order", async () => {
  const { link, opened, pass, outcomes } = setup();
  const first = await opened();
  link.command("look");
  first.onMessage(`${frame(7)}\n${frame(8)}`);
  await pass(1000);
  expect(first.sent.at(-1)).toEqual(ping);
  first.onMessage(pong);
  expect(outcomes).toEqual(["c1 arrived"]);
  link.command("north");
  first.onClose(1006);
  link.command("east");
  await pass(500);
  const second = await opened();
  expect(second.sent).toEqual([
    { type: "resume", data: { after: 8, n: 1 } },
    command("c2", "north", 2),
    command("c3", "east", 3),
  ]);
});

test("what was sent after a ping is not taken for arrived by its answer", async () => {
  const { link, opened, pass, outcomes } = setup();
  const socket = await opened();
  link.command("one");
  await pass(1000);
  link.command("two");
  socket.onMessage(pong);
  expect(outcomes).toEqual(["c1 arrived"]);
  await pass(1000);
  socket.onMessage(pong);
  expect(outcomes).toEqual(["c1 arrived", "c2 arrived"]);
});

test("a link that does not answer is given up, but no goodbye is said", async () => {
  const { link, opened, pass, states } = setup();
  const socket = await opened();
  link.command("look");
  await pass(1000 + 8000);
  expect(socket.closedWith).toBe(4000);
  expect(states.at(-1)).toMatchObject({ kind: "waiting" });
  socket.onMessage(frame(9));
  socket.onClose(1006);
  await pass(500);
  expect((await opened()).sent).toEqual([command("c1", "look", 1)]);
});

test("the waits between tries grow, and begin anew after a link that held", async () => {
  const { opened, pass, sockets, settle, states } = setup();
  await settle();
  const waits: number[] = [];
  for (let i = 0; i < 4; i++) {
    const before = sockets.length;
    sockets.at(-1)!.onClose(1006);
    let waited = 0;
    while (sockets.length === before && waited < 60_000) {
      await pass(100);
      waited += 100;
    }
    waits.push(waited);
  }
  expect(waits).toEqual([500, 1000, 2000, 4000]);
  const held = await opened();
  await pass(5000);
  held.onClose(1001);
  expect(states.at(-1)).toMatchObject({ kind: "waiting" });
  await pass(500);
  expect(sockets).toHaveLength(6);
});

test("it waits as long as the server says, and ends where the session is over", async () => {
  const busy = new ApiError(429, { code: "RATE_LIMITED" }, 9);
  const over = new ApiError(401, { code: "UNAUTHORIZED" });
  const { pass, settle, states, sockets } = setup({ tickets: [busy, over] });
  await settle();
  expect(states.at(-1)).toEqual({ kind: "waiting", untilMs: 9000 });
  await pass(8999);
  expect(states).toHaveLength(2);
  await pass(1);
  expect(states.at(-1)).toEqual({ kind: "ended", why: "signed-out" });
  expect(sockets).toEqual([]);
});

test("where the player goes on in another window it does not take the socket back by itself", async () => {
  const { link, opened, pass, sockets, states } = setup();
  const socket = await opened();
  socket.onMessage(frame(0, { type: "game_message", data: { metadata: { reason: "connected_elsewhere" } } }));
  socket.onClose(1000);
  await pass(120_000);
  expect([states.at(-1), sockets.length]).toEqual([{ kind: "ended", why: "elsewhere" }, 1]);
  link.takeBack();
  await opened();
  expect([states.at(-1), sockets.length]).toEqual([{ kind: "open" }, 2]);
});

test("a command that the server refused is not sent again", async () => {
  const { link, opened, pass } = setup();
  const first = await opened();
  link.command("one");
  link.command("two");
  first.onMessage(frame(0, { type: "error", data: { code: "RATE_LIMITED", message: "", id: "c1" } }));
  first.onClose(1006);
  await pass(500);
  expect((await opened()).sent).toEqual([command("c2", "two", 1)]);
});

test("what was typed as one character is not sent as another", async () => {
  const { link, opened, pass, outcomes, sockets } = setup();
  const first = await opened();
  link.command("enter west");
  link.goOnAs("other");
  expect(outcomes).toEqual(["c1 lost"]);
  first.onClose(1006);
  await pass(500);
  expect((await opened()).sent).toEqual([]);
  expect(sockets.at(-1)?.url).toContain("character_id=other");
});

test("who came to the lobby without a name keeps what he typed when he learns who he is", async () => {
  const { link, opened, outcomes } = setup();
  await opened();
  link.command("look");
  link.goOnAs("me");
  expect(outcomes).toEqual([]);
});

test("a page that is loaded again resumes where the last one was", async () => {
  const { opened, link } = setup({ lastSeq: 41 });
  const socket = await opened();
  expect(socket.sent).toEqual([{ type: "resume", data: { after: 41, n: 1 } }]);
  socket.onMessage(`${frame(42)}\nnot json\n${frame(43)}`);
  expect(link.position).toEqual({ characterId: "me", lastSeq: 43 });
});

test("leaving says goodbye, and nothing comes after it", async () => {
  const { link, opened, pass, sockets, shown } = setup();
  const socket = await opened();
  link.leave();
  expect(socket.closedWith).toBe(1000);
  socket.onMessage(frame(1));
  await pass(60_000);
  expect([sockets.length, shown, link.command("look")]).toEqual([1, [], null]);
});

test("no more is typed ahead than can be kept", async () => {
  const { link, settle } = setup();
  await settle();
  for (let i = 0; i < 64; i++) expect(link.command("look")).not.toBeNull();
  expect(link.command("look")).toBeNull();
});
