import { clearScreenDown, cursorTo, createInterface, type Interface, moveCursor } from "node:readline";
import { Writable } from "node:stream";
import type { Meaning, Paint } from "./style.ts";
import { harmless, wrap } from "./text.ts";
import { historyMax } from "./typed-history.ts";

/** Where somebody reads and types: a terminal, or pipes without prompts, colours and line breaks of its own. */
export type Terminal = Disposable & {
  readonly isTty: boolean;
  readonly paint: Paint;
  /** Above the line that is being typed, which stays as it is. */
  say(meaning: Meaning, text: string): void;
  /** As they were drawn. */
  draw(lines: readonly string[]): void;
  /** The next line that is typed, once and in order; null where there will be no more. */
  nextLine(): Promise<string | null>;
  /** `isHidden`: what is typed is not shown. An answer is never in the history. */
  ask(question: string, options?: { readonly isHidden?: boolean }): Promise<string>;
  /** What stands before the line from now on. */
  setPrompt(text: string): void;
  /** What has been typed, newest first. */
  history(): readonly string[];
  /** No more lines come. */
  end(): void;
};

/** Whoever was asked has left. */
export class Gone extends Error {}

type Streams = {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
};
export type TerminalOptions = Streams & {
  readonly paint: Paint;
  readonly history: readonly string[];
  readonly complete: (line: string) => readonly string[];
};

/** Typed ahead; a pipe is not read on for as long as more wait. */
const linesWaitingMax = 1000;

export function openTerminal(options: TerminalOptions): Terminal {
  const { input, output, paint } = options;
  const isTty = input.isTTY === true && output.isTTY === true;
  const screen = openScreen(output);
  const rl = openReadline(options, { isTty, screen });
  const state: State = { isAsking: false, isPrompting: false, isGone: false, interrupts: 0 };
  const lines = createLineQueue(rl);
  const write = (text: string): void => {
    const isAbove = isTty && state.isPrompting && !state.isGone;
    if (isAbove) clearTyped(rl, screen);
    screen.write(`${text}\n`);
    if (isAbove) rl.prompt(true);
  };
  const say = (meaning: Meaning, text: string): void => {
    const fit = wrap(harmless(text), isTty ? columnsOf(output) : Infinity);
    write(fit.map((line) => paint(meaning, line)).join("\n"));
  };
  listen(rl, { state, screen, lines, hint: () => say("note", "* Ctrl-C again, Ctrl-D or /quit leaves.") });

  return {
    isTty,
    paint,
    say,
    draw: (drawn) => write(drawn.join("\n")),
    async nextLine() {
      state.isPrompting = isTty && !state.isGone;
      if (state.isPrompting) rl.prompt();
      return lines.next();
    },
    async ask(question, { isHidden = false } = {}) {
      state.isAsking = true;
      rl.setPrompt(question);
      if (!isTty) screen.write(`${question}\n`);
      else if (!state.isGone) rl.prompt();
      screen.isHidden = isHidden;
      const line = await lines.next();
      screen.isHidden = false;
      if (isHidden && isTty) screen.write("\n");
      state.isAsking = false;
      if (line === null) throw new Gone();
      return line.trim();
    },
    setPrompt(text) {
      const prompt = paint("prompt", text);
      if (!isTty || state.isGone || rl.getPrompt() === prompt) return;
      rl.setPrompt(prompt);
      if (state.isPrompting) rl.prompt(true);
    },
    history: () => (rl as Interface & { readonly history?: readonly string[] }).history ?? [],
    end: () => rl.close(),
    [Symbol.dispose]() {
      if (!state.isGone) rl.close();
    },
  };
}

type State = { isAsking: boolean; isPrompting: boolean; isGone: boolean; interrupts: number };
type LineQueue = ReturnType<typeof createLineQueue>;

function listen(
  rl: Interface,
  {
    state,
    screen,
    lines,
    hint,
  }: { readonly state: State; readonly screen: Screen; readonly lines: LineQueue; readonly hint: () => void },
): void {
  rl.on("history", (history: string[]) => state.isAsking && history.shift());
  rl.on("line", (line) => {
    state.interrupts = 0;
    state.isPrompting = false;
    lines.add(line);
  });
  rl.on("close", () => {
    state.isGone = true;
    screen.isHidden = false;
    lines.end();
  });
  rl.on("SIGINT", () => {
    state.interrupts += 1;
    if (state.isAsking || state.interrupts > 1) return rl.close();
    // The half line goes; who wants to go himself is told how.
    rl.write(null, { ctrl: true, name: "e" });
    rl.write(null, { ctrl: true, name: "u" });
    return hint();
  });
}

/** 0 and nothing: a terminal that does not know how wide it is. */
export const columnsOf = ({ columns = 0 }: { readonly columns?: number }): number => (columns > 0 ? columns : 80);

type Screen = Writable & { isHidden: boolean };

/** The output, but for what is typed while it is hidden. */
function openScreen(output: Streams["output"]): Screen {
  const screen = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      if (!screen.isHidden) output.write(chunk);
      done();
    },
  }) as Screen;
  screen.isHidden = false;
  Object.defineProperty(screen, "columns", { get: () => columnsOf(output) });
  output.on("resize", () => screen.emit("resize"));
  return screen;
}

function openReadline(
  { input, history, complete }: TerminalOptions,
  { isTty, screen }: { readonly isTty: boolean; readonly screen: Screen },
): Interface {
  return createInterface({
    input,
    output: screen,
    terminal: isTty,
    prompt: "> ",
    history: [...history],
    historySize: historyMax,
    removeHistoryDuplicates: true,
    completer: (line: string) => [[...complete(line)], line.trimStart()],
  });
}

/** The cursor is then where the prompt began. */
function clearTyped(rl: Interface, screen: Screen): void {
  const { rows } = rl.getCursorPos();
  cursorTo(screen, 0);
  moveCursor(screen, 0, -rows);
  clearScreenDown(screen);
  // It would go up by those rows again.
  (rl as Interface & { prevRows?: number }).prevRows = 0;
}

function createLineQueue(rl: Interface) {
  const waiting: string[] = [];
  let isOver = false;
  let wanted: ((line: string | null) => void) | null = null;
  const give = (line: string | null): void => {
    wanted?.(line);
    wanted = null;
  };
  return {
    add(line: string) {
      if (wanted !== null) return give(line);
      waiting.push(line);
      if (waiting.length >= linesWaitingMax) rl.pause();
    },
    end() {
      isOver = true;
      give(null);
    },
    next(): Promise<string | null> {
      const line = waiting.shift();
      if (line !== undefined || isOver) return Promise.resolve(line ?? null);
      // It reads on if it had stopped.
      rl.resume();
      return new Promise((resolve) => (wanted = resolve));
    },
  };
}
