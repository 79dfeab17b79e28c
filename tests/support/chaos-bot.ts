import { systemClock } from "#adapters/system-clock.ts";
import type { Rng } from "#core/sim/rng.ts";
import type { Promised } from "./chaos-invariants.ts";
import { type Command, ledger, type Ledger } from "./chaos-ledger.ts";
import { type ChaosLink, openLink } from "./chaos-link.ts";
import { placesTold } from "./chaos-places.ts";
import { type Frame, message } from "./frames.ts";
import { type Account, newAccount } from "./rest.ts";

/** What a bot types besides lines, and how much of all that before it is answered. */
const habits = {
  talks: { deeds: [], underWayMax: 32 },
  walks: { deeds: ["north", "south", "east", "west", "face north", "face west"], underWayMax: 32 },
  travels: {
    deeds: ["north", "south", "east", "enter Hearthvale", "enter Verdance", "lobby", "lobby"],
    underWayMax: 32,
  },
} as const;

type Options = {
  readonly rng: Rng;
  readonly v1: boolean;
  readonly habit: keyof typeof habits;
  readonly everyMs?: number;
  /** Where it goes before it begins. */
  readonly world?: string;
};

/**
 * Somebody who types on and on, whatever happens to the other side, and remembers what he was promised. One who speaks `thousand-worlds.v1`
 * sends again, under the same name, whatever he was not told about; one who does not never sends a line twice.
 */
export type ChaosBot = Pick<Ledger, "refusals" | "answeredAtMs"> & {
  readonly account: Account;
  promised(): Promised;
  /** Resolves with the moment of the first answer to a line that was typed after `sinceMs`; throws where none comes. */
  answered(sinceMs: number): Promise<number>;
  begin(): void;
  /** Types no more, and makes sure of everything that it has typed. */
  settle(): Promise<void>;
};

const everyMsDefault = 100;
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
  const player = chaosPlayer(url, account, options);
  if (options.world !== undefined) await player.goTo(options.world);
  let stopping = new AbortController();
  let playing: Promise<void> | null = null;
  const { book } = player;
  return {
    account,
    refusals: book.refusals,
    answeredAtMs: book.answeredAtMs,
    promised: player.promised,
    async answered(sinceMs) {
      const atMs = await book.answered(sinceMs, answerMsMax);
      if (atMs === null) throw new Error(`${username} has no answer after ${answerMsMax} ms`);
      return atMs;
    },
    begin() {
      if (playing !== null) return;
      stopping = new AbortController();
      playing = untilStopped(stopping.signal, player);
    },
    async settle() {
      stopping.abort();
      await playing;
      playing = null;
      const deadlineMs = systemClock.nowMs() + settleMsMax;
      for (;;) {
        try {
          return await player.connected(player.makeSure);
        } catch (error) {
          const unsure = book.underWay.size;
          if (systemClock.nowMs() > deadlineMs)
            throw new Error(`${username} cannot make sure of ${unsure} commands`, { cause: error });
          await systemClock.sleep(reconnectMs);
        }
      }
    },
  };
}

async function untilStopped(stopped: AbortSignal, player: ChaosPlayer): Promise<void> {
  while (!stopped.aborted) {
    try {
      await player.connected(async (link) => {
        await player.makeSure(link);
        await player.playOn(link, stopped);
      });
    } catch {
      // Refused, cut or not answered: that is what this is about.
      await systemClock.sleep(reconnectMs, stopped);
    }
  }
}

type ChaosPlayer = ReturnType<typeof chaosPlayer>;

function chaosPlayer(url: string, account: Account, { rng, v1, habit, everyMs = everyMsDefault }: Options) {
  const { username, userId } = account;
  const { deeds, underWayMax } = habits[habit];
  const book = ledger(username);
  const told = placesTold();
  const sentAgain: string[] = [];
  let lastSeq = 0;

  const take = (frame: Frame): void => {
    // What concerns the connection itself has the number 0.
    if (frame.seq !== undefined && frame.seq > 0) {
      if (frame.seq <= lastSeq) return;
      lastSeq = frame.seq;
    }
    told.take(frame);
    book.take(frame);
  };
  const send = (link: ChaosLink, command: Command): void => {
    book.sent(command);
    link.send({ type: "command", data: { text: command.text, ...(v1 && { id: command.id }) } });
  };

  const connected = async (work: (link: ChaosLink) => Promise<void>): Promise<void> => {
    using link = await openLink(url, account, { v1, take, complained: () => book.refused("INTERNAL") });
    if (v1 && lastSeq > 0) link.send({ type: "resume", data: { after: lastSeq } });
    await work(link);
  };

  /** Everything that nobody has said anything about, in its order; then a line, whose answer speaks for all. */
  const makeSure = async (link: ChaosLink): Promise<void> => {
    const unsure = [...book.underWay.values()];
    for (const command of unsure) {
      if (v1) send(link, command);
      else book.done(command);
    }
    const last = book.nextLine();
    send(link, last);
    await link.until(() => last.isDone, patienceMs);
    const left = unsure.filter(({ isDone }) => !isDone);
    if (left.some(({ isDoubtful }) => isDoubtful)) throw new Error("some of it was refused");
    for (const command of left) {
      book.done(command);
      if (command.line !== null) sentAgain.push(command.line);
    }
  };

  const nextCommand = (): Command => {
    const isLine = deeds.length === 0 || rng.int(2) === 0 || book.underWay.size === underWayMax - 1;
    return isLine ? book.nextLine() : book.next(deeds[rng.int(deeds.length)]!);
  };

  const playOn = async (link: ChaosLink, stopped: AbortSignal): Promise<void> => {
    while (!stopped.aborted && link.isOpen()) {
      const nowMs = systemClock.nowMs();
      const underWay = [...book.underWay.values()];
      if (underWay.some(({ sentAtMs }) => nowMs - sentAtMs > patienceMs)) return;
      const doubtful = underWay.find(({ isDoubtful, sentAtMs }) => isDoubtful && nowMs - sentAtMs > againMs);
      if (doubtful && v1) send(link, doubtful);
      else if (doubtful) book.done(doubtful);
      else if (underWay.length < underWayMax) send(link, nextCommand());
      await systemClock.sleep(everyMs, stopped);
    }
  };

  return {
    book,
    connected,
    makeSure,
    playOn,
    goTo: (world: string) =>
      connected(async (link) => {
        link.send({ type: "command", data: { text: `enter ${world}`, ...(v1 && { id: `${username}-enter` }) } });
        const isThere = message("area_description", new RegExp(`^${world}\n`, "u"));
        await link.until((frame) => frame !== null && isThere(frame), settleMsMax);
        await makeSure(link);
      }),
    promised: (): Promised => ({
      userId,
      username,
      spoken: book.spoken,
      sentAgain: [...sentAgain],
      places: v1 ? [...told.places] : [],
    }),
  };
}
