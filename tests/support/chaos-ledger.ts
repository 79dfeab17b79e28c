import { systemClock } from "#adapters/system-clock.ts";
import type { SpokenLine } from "./chaos-invariants.ts";
import type { Frame } from "./frames.ts";

export type Command = {
  /** Counts what this bot has typed. */
  readonly number: number;
  readonly id: string;
  readonly text: string;
  /** What it says, if it says something: no two commands say the same. */
  readonly line: string | null;
  sentAtMs: number;
  /** Lines that had been told when it was sent for the first time. */
  knew: number | null;
  isDone: boolean;
  /** Something was refused, and it may have been this. */
  isDoubtful: boolean;
};

/** A refusal in words, and when it came. */
export type Refusal = { readonly code: string; readonly atMs: number };

/** What somebody has typed, and what he was told about it. */
export type Ledger = {
  next(text: string): Command;
  nextLine(): Command;
  sent(command: Command): void;
  take(frame: Frame): void;
  /** Refused: the one of this name, or any of those under way. */
  refused(code: string, id?: string): void;
  /** Nobody will say anything about it any more. */
  done(command: Command): void;
  /** Sent, and not known to have been done or not: in the order in which they were typed. */
  readonly underWay: ReadonlyMap<string, Command>;
  readonly refusals: readonly Refusal[];
  readonly answeredAtMs: readonly number[];
  /** Lines that were told, as they were told. */
  readonly spoken: readonly SpokenLine[];
  /** Resolves with the moment of the first answer to a line that was sent after `sinceMs`; null where none comes in time. */
  answered(sinceMs: number, msMax: number): Promise<number | null>;
};

export function ledger(username: string): Ledger {
  const underWay = new Map<string, Command>();
  const told: Command[] = [];
  const answeredAtMs: number[] = [];
  const refusals: Refusal[] = [];
  const answers = answerBook();
  let typed = 0;

  const typeNext = (textOf: (number: number) => { text: string; line: string | null }): Command => {
    const number = typed++;
    const common = { number, id: `${username}-${number}`, sentAtMs: 0, knew: null, isDone: false, isDoubtful: false };
    return { ...common, ...textOf(number) };
  };
  const done = (command: Command): void => {
    command.isDone = true;
    underWay.delete(command.id);
  };
  /** A line was spoken: what was typed before it on the same socket has been done, too. */
  const toldUpTo = (line: Command): void => {
    for (const command of underWay.values()) {
      if (command === line) break;
      if (command.line === null && !command.isDoubtful) done(command);
    }
    done(line);
    told.push(line);
    answeredAtMs.push(systemClock.nowMs());
    answers.add(line.sentAtMs);
  };
  const refused: Ledger["refused"] = (code, id) => {
    refusals.push({ code, atMs: systemClock.nowMs() });
    for (const command of underWay.values()) if (id === undefined || id === command.id) command.isDoubtful = true;
  };

  return {
    next: (text) => typeNext(() => ({ text, line: null })),
    nextLine: () => typeNext((number) => ({ text: `say ${username} ${number}`, line: `${username} ${number}` })),
    sent(command) {
      command.sentAtMs = systemClock.nowMs();
      command.knew ??= told.length;
      command.isDoubtful = false;
      underWay.set(command.id, command);
    },
    take(frame) {
      if (frame.type === "error" && frame.data.code !== "RESUME_EXPIRED") refused(frame.data.code, frame.data.id);
      if (frame.type !== "game_message" || frame.data.type !== "speech_self") return;
      const words = /^You say: "(.*)"$/u.exec(frame.data.text)?.[1];
      for (const command of underWay.values()) if (command.line === words) return toldUpTo(command);
    },
    refused,
    done,
    underWay,
    refusals,
    answeredAtMs,
    get spoken() {
      return told.map(({ line, knew }) => ({ line: line!, knew: knew! }));
    },
    answered: answers.first,
  };
}

/** When was what was sent at that time answered? */
function answerBook() {
  const answers: { readonly sentAtMs: number; readonly atMs: number }[] = [];
  const waiting = new Set<() => void>();
  return {
    add(sentAtMs: number): void {
      answers.push({ sentAtMs, atMs: systemClock.nowMs() });
      for (const look of waiting) look();
    },
    async first(sinceMs: number, msMax: number): Promise<number | null> {
      const { promise, resolve } = Promise.withResolvers<number>();
      const look = (): void => {
        const found = answers.find(({ sentAtMs }) => sentAtMs >= sinceMs);
        if (found) resolve(found.atMs);
      };
      waiting.add(look);
      look();
      const given = new AbortController();
      const late = systemClock.sleep(msMax, given.signal).then(() => null);
      const atMs = await Promise.race([promise, late]);
      given.abort();
      waiting.delete(look);
      return atMs;
    },
  };
}
