import { execFileSync } from "node:child_process";

export type Process = { readonly pid: number; readonly command: string };

type Row = Process & { readonly parent: number };

/** Everything that a process has started, and what that has. */
export function descendantsOf(pid: number): Process[] {
  const rows = living();
  const below = (parent: number): Row[] =>
    rows.filter((row) => row.parent === parent).flatMap((row) => [row, ...below(row.pid)]);
  // Without the ps that was asked.
  return below(pid).filter(({ command }) => !command.startsWith("ps "));
}

/** Those of them that still run as what they were. */
export function stillRunning(processes: readonly Process[]): Process[] {
  const now = new Map(living().map(({ pid, command }) => [pid, command]));
  return processes.filter(({ pid, command }) => now.get(pid) === command);
}

/** Not those that have ended and wait for a parent to notice. */
function living(): Row[] {
  const output = execFileSync("ps", ["-A", "-ww", "-o", "pid=,ppid=,stat=,args="], { encoding: "utf8" });
  return output.split("\n").flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/u.exec(line);
    if (match === null || match[3]!.startsWith("Z")) return [];
    return [{ pid: Number(match[1]), parent: Number(match[2]), command: match[4]! }];
  });
}
