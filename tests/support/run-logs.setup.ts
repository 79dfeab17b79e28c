import { beginRunLogs, type RunLogs } from "./run-logs.ts";

let logs: RunLogs | null = null;

/** Before the first test. */
export function setup(): void {
  logs = beginRunLogs();
}

/** After the last: fails the run where any of its logs holds a secret. */
export function teardown(): void {
  const leaks = logs?.leaks() ?? [];
  if (leaks.length === 0) return logs?.remove();
  process.exitCode = 1;
  throw new Error(`The logs of this run, in ${logs?.directory}, hold:\n${leaks.join("\n")}`);
}
