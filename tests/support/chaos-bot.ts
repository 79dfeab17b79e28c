import { systemClock } from "#adapters/system-clock.ts";
import type { Rng } from "#core/sim/rng.ts";
import { type ChaosLink, openLink } from "./chaos-link.ts";
import type { Place, Promised } from "./chaos-invariants.ts";
import { type Frame, message } from "./frames.ts";
import { type Account, newAccount } from "./rest.ts";

/** What a bot types, besides lines. */
export const deeds = {
  none: [],
  steps: ["north", "south", "east", "west", "face north", "face west"],
  travels: ["north", "south", "east", "enter Hearthvale", "enter Verdance", "lobby", "lobby"],
} as const;

type Options = {
  readonly rng: Rng;
  readonly v1: boolean;
  readonly deeds: keyof typeof deeds;
  readonly everyMs?: number;
  /** Where it goes before it begins. */
  readonly world?: string;
};

/** A refusal in words: what was refused, if the frame says it, and when it came. */
export type Refusal = { readonly code: string; readonly atMs: number };

/**
 * Somebody who types on and on, whatever happens to the other side, and remembers what he was promised. One who speaks `thousand-worlds.v1`
 * sends again, under the same name, whatever he was not told about; one who does not never sends a line twice.
 */
export type ChaosBot = {
  readonly account: Account;
  readonly refusals: readonly Refusal[];
  /** When he was told that a line of his was spoken, by the wall clock. */
  readonly answeredAtMs: readonly number[];
  /** How many of his commands could have been lost without his knowing, and had to be sent again. */
  readonly sentAgain: number;
  readonly connects: number;
  readonly promised: () => Promised;
  /** Resolves with the moment of the first answer to a line that was typed after `sinceMs`; throws where none comes. */
  answered(sinceMs: number): Promise<number>;
  begin(): void;
  /** Types no more, and makes sure of everything that it has typed. */
  settle(): Promise<void>;
};

type Command = {
  /** Counts what this bot has typed. */
  readonly number: number;
  readonly id: string;
  readonly text: string;
  /** What it says, if it says something. */
  readonly line: string | null;
  sentAtMs: number;
  timesSent: number;
  isTold: boolean;
  /** Something was refused, and it may have been this. */
  isDoubtful: boolean;
};

const everyMsDefault = 100;
/** What may be under way at once: somebody who travels waits for his last line to be heard. */
const underWayMax = { none: 32, steps: 32, travels: 2 };
/** Without an answer for so long something was lost on the way: a new socket tells. */
const patienceMs = 6_000;
const reconnectMs = 100;
/** What was refused is sent again after this long. */
const againMs = 500;
/** Only a failure takes this long. */
const answerMsMax = 25_000;
const settleMsMax = 25_000;

export async function newChaosBot(url: string, username: string, options: Options): Promise<ChaosBot> {
  const account = await newAccount(url, username);
  const { rng, v1, everyMs = everyMsDefault } = options;
  const underWay = new Map<string, Command>();
  const answeredAtMs: number[] = [];
  const answers: { sentAtMs: number; atMs: number }[] = [];
  const inOrder: Command[] = [];
  const spoken: string[] = [];
  const again: string[] = [];
  const refusals: Refusal[] = [];
  const whereabouts = placesTold();
  const waiting = new Set<() => void>();
  let lastSeq = 0;
  let typed = 0;
  let sentAgain = 0;
  let connects = 0;
  let stopping = new AbortController();
  let playing: Promise<void> | null = null;

  const done = (command: Command): void => {
    command.isTold = true;
    underWay.delete(command.id);
  };
  const told = (command: Command): void => {
    done(command);
    if (command.line === null) return;
    spoken.push(command.line);
    if (command.timesSent === 1) inOrder.push(command);
    answeredAtMs.push(systemClock.nowMs());
    answers.push({ sentAtMs: command.sentAtMs, atMs: systemClock.nowMs() });
    for (const look of waiting) look();
  };
  /** A line was spoken: what was typed before it on the same socket has been done, too. */
  const toldUpTo = (line: Command): void => {
    for (const command of [...underWay.values()]) {
      if (command === line) break;
      if (command.line === null && !command.isDoubtful) done(command);
    }
    told(line);
  };
  const refused = (code: string, id?: string): void => {
    refusals.push({ code, atMs: systemClock.nowMs() });
    for (const command of underWay.values()) if (id === undefined || id === command.id) command.isDoubtful = true;
  };

  const take = (frame: Frame): void => {
    // What concerns the connection itself has the number 0.
    if (frame.seq !== undefined && frame.seq > 0) {
      if (frame.seq <= lastSeq) return;
      lastSeq = frame.seq;
    }
    whereabouts.take(frame);
    if (frame.type === "error" && frame.data.code !== "RESUME_EXPIRED") refused(frame.data.code, frame.data.id);
    if (frame.type !== "game_message" || frame.data.type !== "speech_self") return;
    const words = /^You say: "(.*)"$/u.exec(frame.data.text)?.[1];
    for (const command of underWay.values()) if (command.line === words) return toldUpTo(command);
  };

  const next = (text: string, line: string | null): Command => {
    const number = typed++;
    return {
      number,
      id: `${username}-${number}`,
      text,
      line,
      sentAtMs: 0,
      timesSent: 0,
      isTold: false,
      isDoubtful: false,
    };
  };
  const nextLine = (): Command => {
    const line = `${username} ${typed}`;
    return next(`say ${line}`, line);
  };
  const send = (link: ChaosLink, command: Command): void => {
    command.sentAtMs = systemClock.nowMs();
    command.timesSent += 1;
    command.isDoubtful = false;
    if (command.timesSent > 1) sentAgain += 1;
    underWay.set(command.id, command);
    link.send({ type: "command", data: { text: command.text, ...(v1 && { id: command.id }) } });
  };

  /** Everything that nobody has said anything about, in its order; then a line, whose answer speaks for all. */
  const makeSure = async (link: ChaosLink): Promise<void> => {
    const unsure = [...underWay.values()];
    if (!v1) underWay.clear();
    else for (const command of unsure) send(link, command);
    const last = nextLine();
    send(link, last);
    await link.until(() => last.isTold, patienceMs);
    if (!v1) return;
    if (unsure.some(({ isDoubtful }) => isDoubtful)) throw new Error("some of it was refused");
    for (const command of unsure.filter(({ isTold }) => !isTold)) {
      done(command);
      if (command.line !== null) again.push(command.line);
    }
  };

  const playOn = async (link: ChaosLink): Promise<void> => {
    const oldest = (): number => Math.min(...[...underWay.values()].map(({ sentAtMs }) => sentAtMs));
    while (!stopping.signal.aborted && link.isOpen()) {
      const choice = deeds[options.deeds];
      const isLine = choice.length === 0 || rng.int(2) === 0 || underWay.size === underWayMax[options.deeds] - 1;
      const doubtful = [...underWay.values()].find(
        ({ isDoubtful, sentAtMs }) => isDoubtful && systemClock.nowMs() - sentAtMs > againMs,
      );
      if (doubtful && v1) send(link, doubtful);
      else if (doubtful) underWay.delete(doubtful.id);
      else if (underWay.size < underWayMax[options.deeds])
        send(link, isLine ? nextLine() : next(choice[rng.int(choice.length)]!, null));
      if (systemClock.nowMs() - oldest() > patienceMs) return;
      await systemClock.sleep(everyMs, stopping.signal);
    }
  };

  const connected = async <T>(work: (link: ChaosLink) => Promise<T>): Promise<T> => {
    using link = await openLink(url, account, { v1, take, complained: () => refused("INTERNAL") });
    connects += 1;
    if (v1 && lastSeq > 0) link.send({ type: "resume", data: { after: lastSeq } });
    return await work(link);
  };

  const play = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await connected(async (link) => {
          await makeSure(link);
          await playOn(link);
        });
      } catch {
        await systemClock.sleep(reconnectMs, stopping.signal);
      }
    }
  };

  if (options.world !== undefined) {
    const world = options.world;
    await connected(async (link) => {
      link.send({ type: "command", data: { text: `enter ${world}`, ...(v1 && { id: `${username}-enter` }) } });
      const isThere = message("area_description", new RegExp(`^${world}\n`, "u"));
      await link.until((frame) => frame !== null && isThere(frame), settleMsMax);
      await makeSure(link);
    });
  }

  return {
    account,
    refusals,
    answeredAtMs,
    get sentAgain() {
      return sentAgain;
    },
    get connects() {
      return connects;
    },
    promised: () => ({
      userId: account.userId,
      username,
      inOrder: inOrder.toSorted((one, other) => one.number - other.number).map(({ line }) => line!),
      spoken: [...spoken],
      sentAgain: [...again],
      places: v1 ? [...whereabouts.places] : [],
    }),
    async answered(sinceMs) {
      const { promise, resolve } = Promise.withResolvers<number>();
      const look = (): void => {
        const found = answers.find(({ sentAtMs }) => sentAtMs >= sinceMs);
        if (found) resolve(found.atMs);
      };
      waiting.add(look);
      look();
      const given = new AbortController();
      const late = systemClock.sleep(answerMsMax, given.signal).then(() => null);
      const atMs = await Promise.race([promise, late]);
      given.abort();
      waiting.delete(look);
      if (atMs === null) throw new Error(`${username} has no answer after ${answerMsMax} ms`);
      return atMs;
    },
    begin() {
      if (playing !== null) return;
      stopping = new AbortController();
      playing = play();
    },
    async settle() {
      stopping.abort();
      await playing;
      playing = null;
      const deadlineMs = systemClock.nowMs() + settleMsMax;
      for (;;) {
        try {
          return await connected(makeSure);
        } catch (error) {
          if (systemClock.nowMs() > deadlineMs)
            throw new Error(`${username} cannot make sure of ${underWay.size} commands`, { cause: error });
          await systemClock.sleep(reconnectMs);
        }
      }
    },
  };
}

/**
 * Where somebody was told to be, one place after the other. A state does not name its world: whoever comes into one is told his state, and then
 * where he is; to others it says where they are in the world that was named last.
 */
function placesTold() {
  const places: Place[] = [];
  let worldId: string | null = null;
  let unnamed: Omit<Place, "worldId"> | null = null;
  const take = (frame: Frame): void => {
    const named = worldNamedBy(frame);
    if (unnamed !== null) {
      const of = named?.isHere === true ? named.worldId : worldId;
      if (of !== null) places.push({ ...unnamed, worldId: of });
      unnamed = null;
    }
    worldId = named?.worldId ?? worldId;
    if (frame.type === "state_update") unnamed = { x: frame.data.position.x, y: frame.data.position.y };
  };
  return { places, take };
}

/** Of a description it is the world where one is, of a movement the one to which one goes. */
function worldNamedBy(frame: Frame): { readonly worldId: string; readonly isHere: boolean } | null {
  if (frame.type !== "game_message" || !["area_description", "movement"].includes(frame.data.type)) return null;
  const worldId = frame.data.metadata?.["world_id"];
  return typeof worldId === "string" ? { worldId, isHere: frame.data.type === "area_description" } : null;
}
