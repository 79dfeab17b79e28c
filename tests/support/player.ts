import { once } from "node:events";
import { onTestFinished } from "vitest";
import { type Frame, frameBytesMax, frameOut, type Match, message, summary } from "./frames.ts";
import { type Account, newAccount } from "./rest.ts";
import { wsClient } from "./ws-client.ts";

/** How long a frame is waited for: only a failure takes this long. */
const patienceMs = 15_000;
export const subprotocol = "thousand-worlds.v1";

export type Player = Disposable & {
  readonly account: Account;
  readonly name: string;
  /** Types a line. */
  say(text: string, id?: string): void;
  /** Any frame: text as it is, anything else as JSON. */
  send(frame: unknown): void;
  sendBytes(bytes: Buffer, options: { readonly binary: boolean }): void;
  /** The next frame of this kind that was not taken yet; those before it are passed over. */
  next<Found extends Frame>(match: Match<Found>): Promise<Found>;
  /** Everything that was not taken yet, up to and with the first of this kind. */
  until(match: (frame: Frame) => boolean): Promise<Frame[]>;
  ask<Found extends Frame>(text: string, match: Match<Found>): Promise<Found>;
  /** Everything that was told before the world has dealt with all that this player said so far. */
  settled(): Promise<Frame[]>;
  /** Every frame since the socket opened. */
  readonly frames: readonly Frame[];
  /** How many objects came in each frame. */
  readonly objectsPerFrame: readonly number[];
  /** Says goodbye, as a closed page does; resolves when it is closed. */
  close(): Promise<void>;
  /** The link breaks without a word. */
  cut(): Promise<void>;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
};

type Options = {
  readonly v1?: boolean;
  readonly characterId?: string;
  readonly onFrame?: (frame: Frame) => void;
};

/** What was waited for can come no more. */
export class SocketClosed extends Error {}

/** A new account, and its socket. */
export async function newPlayer(url: string, username: string, options: Options = {}): Promise<Player> {
  return connect(url, await newAccount(url, username), options);
}

let nonsense = 0;

/** An open socket, greeted by the world or not yet. Fails on the first frame that breaks the contract. */
export async function connect(
  url: string,
  account: Account,
  { v1 = false, characterId, onFrame }: Options = {},
): Promise<Player> {
  const query = characterId === undefined ? "" : `?character_id=${characterId}`;
  const client = await wsClient(`${url}/api/game/ws${query}`, {
    headers: { authorization: `Bearer ${account.token}` },
    ...(v1 && { protocols: [subprotocol] }),
  });
  const { ws } = client;
  const frames: Frame[] = [];
  const objectsPerFrame: number[] = [];
  let taken = 0;
  let fault: Error | null = null;
  let isFaultKnown = false;
  let news = Promise.withResolvers<void>();
  const tell = () => {
    news.resolve();
    news = Promise.withResolvers();
  };
  const receive = (text: string) => {
    try {
      const objects = framesIn(text, v1);
      objectsPerFrame.push(objects.length);
      frames.push(...objects);
      if (onFrame) objects.forEach(onFrame);
    } catch (error) {
      fault ??= new Error(`${account.username} was sent a frame that breaks the contract: ${text.slice(0, 500)}`, {
        cause: error,
      });
    }
    tell();
  };
  const pump = async () => {
    for (;;) receive(await client.next());
  };
  // Ends when the socket does.
  void pump().catch(tell);

  async function until(match: (frame: Frame) => boolean): Promise<Frame[]> {
    const gaveUp = AbortSignal.timeout(patienceMs);
    const late = once(gaveUp, "abort");
    for (;;) {
      if (fault !== null) {
        isFaultKnown = true;
        throw fault;
      }
      const index = frames.findIndex((frame, at) => at >= taken && match(frame));
      if (index !== -1) {
        const found = frames.slice(taken, index + 1);
        taken = index + 1;
        return found;
      }
      const isClosed = ws.readyState === ws.CLOSED;
      if (gaveUp.aborted || isClosed) {
        const wanted = `${account.username} waited for: ${match.name}\nmeanwhile: ${frames.slice(taken).map(summary).join(" | ")}`;
        throw isClosed ? new SocketClosed(`closed while ${wanted}`) : new Error(`too long, ${wanted}`);
      }
      await Promise.race([news.promise, late, client.closed]);
    }
  }

  const send = (frame: unknown) => ws.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  const say = (text: string, id?: string) => send({ type: "command", data: { text, ...(id !== undefined && { id }) } });
  const next = async <Found extends Frame>(match: Match<Found>) => (await until(match)).at(-1) as Found;
  return {
    account,
    name: account.username,
    say,
    send,
    sendBytes: (bytes, options) => ws.send(bytes, options),
    next,
    until,
    ask(text, match) {
      say(text);
      return next(match);
    },
    async settled() {
      const word = `no-such-command-at-all-${++nonsense}`;
      say(word);
      const found = await until(message("error", new RegExp(`"${word}"`, "u")));
      return found.slice(0, -1);
    },
    frames,
    objectsPerFrame,
    async close() {
      ws.close(1000);
      await client.closed;
    },
    async cut() {
      ws.terminate();
      await client.closed;
    },
    closed: client.closed,
    [Symbol.dispose]() {
      ws.terminate();
      // A fault that no wait has met must not go unnoticed.
      if (fault !== null && !isFaultKnown) throw fault;
    },
  };
}

function framesIn(text: string, v1: boolean): Frame[] {
  if (Buffer.byteLength(text) > frameBytesMax) throw new Error("too large");
  if (!v1 && text.includes("\n")) throw new Error("several objects for a client that knows only one");
  return text.split("\n").map((each) => {
    const frame = frameOut.parse(JSON.parse(each));
    const isNumbered = frame.seq !== undefined && frame.time !== undefined;
    if (isNumbered !== v1) throw new Error(v1 ? "has no number" : "is numbered");
    return frame;
  });
}

/** Everything that one who has just come is shown; null for whichever world it is. */
export async function greeted(player: Player, world: string | null = "Lobby"): Promise<Frame[]> {
  const description = world === null ? /./u : new RegExp(`^${world}\n`, "u");
  const before = await player.until(message("area_description", description));
  const after = await player.until((frame) => frame.type === "map_update" || message("map_update")(frame));
  return [...before, ...after];
}

/** Greeted, without a guide, and here until the end of the test. */
export async function here(coming: Promise<Player>, world?: string): Promise<Player> {
  const player = await coming;
  onTestFinished(() => player[Symbol.dispose]());
  await greeted(player, world);
  await player.ask("guide off", message("system", /^The guide is off/u));
  return player;
}
