import type { WriteStream } from "node:tty";

// How far the work is: one line that is drawn again on a terminal, else a line at each tenth of a stage.

export type Progress = {
  /** The named stage has done that share, 0 … 1. */
  tell(stage: string, share: number): void;
  /** A line that stays. */
  say(line: string): void;
  end(): void;
};

type Out = Pick<WriteStream, "write"> & { readonly isTTY?: boolean; readonly columns?: number };

const redrawMs = 100;
const barWidth = 28;

export function createProgress(out: Out, nowMs: () => number): Progress {
  const isTerminal = out.isTTY === true;
  let stage = "";
  let startedMs = 0;
  let drawnMs = -Infinity;
  let told = -1;
  const clear = () => {
    if (isTerminal && drawnMs !== -Infinity) out.write("\r\u001b[2K");
    drawnMs = -Infinity;
  };
  return {
    tell(name, share) {
      const now = nowMs();
      if (name !== stage) {
        stage = name;
        startedMs = now;
        told = -1;
      }
      const left = timeLeft(share, now - startedMs);
      if (isTerminal) {
        if (now - drawnMs < redrawMs && share < 1) return;
        drawnMs = now;
        const filled = Math.round(barWidth * share);
        const bar = "█".repeat(filled) + "░".repeat(barWidth - filled);
        const line = `${bar} ${percent(share)} ${name}${left}`;
        out.write(`\r\u001b[2K${line.slice(0, (out.columns ?? 80) - 1)}`);
        return;
      }
      const tenth = Math.floor(10 * share);
      if (tenth <= told) return;
      told = tenth;
      out.write(`${name}: ${percent(share).trim()}${left}\n`);
    },
    say(line) {
      clear();
      out.write(`${line}\n`);
    },
    end: clear,
  };
}

function percent(share: number): string {
  return `${Math.floor(100 * share)} %`.padStart(5);
}

/** By the pace of the stage so far; nothing before there is one. */
function timeLeft(share: number, elapsedMs: number): string {
  if (share < 0.02 || share >= 1 || elapsedMs < 2000) return "";
  return `, ${duration((elapsedMs * (1 - share)) / share)} left`;
}

export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 100) return `${seconds} s`;
  if (seconds < 5400) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
  return `${Math.floor(seconds / 3600)} h ${String(Math.floor((seconds % 3600) / 60)).padStart(2, "0")} min`;
}
