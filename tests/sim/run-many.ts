import { availableParallelism } from "node:os";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { type History, runHistory } from "./history.ts";

export type Failed = Pick<History, "seed" | "violations" | "story">;
export type Summary = {
  readonly histories: number;
  readonly happened: number;
  readonly commits: number;
  readonly failed: readonly Failed[];
};

/** More of them say nothing new. */
const failuresMax = 10;

type Seeds = { readonly from: number; readonly count: number };
type Share = Seeds & { readonly isShareOfHistories: true };

/** These histories, on every core: threads, since one seed has nothing to do with another. */
export async function runMany({ from, count }: Seeds): Promise<Summary> {
  const threads = Math.min(availableParallelism(), count);
  const shares = Array.from({ length: threads }, (_, i): Share => {
    const [first, next] = [i, i + 1].map((n) => Math.floor((count * n) / threads)) as [number, number];
    return { from: from + first, count: next - first, isShareOfHistories: true };
  });
  const parts = await Promise.all(shares.map(inThread));
  return parts.reduce((sum, part) => ({
    histories: sum.histories + part.histories,
    happened: sum.happened + part.happened,
    commits: sum.commits + part.commits,
    failed: [...sum.failed, ...part.failed],
  }));
}

function inThread(share: Share): Promise<Summary> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL(import.meta.url), { workerData: share });
    thread.once("message", resolve);
    thread.once("error", reject);
    thread.once("exit", (code) => reject(new Error(`a thread of histories ended with ${code}`)));
  });
}

export async function runHere({ from, count }: Seeds): Promise<Summary> {
  const failed: Failed[] = [];
  const sum = { histories: 0, happened: 0, commits: 0 };
  for (let seed = from; seed < from + count && failed.length < failuresMax; seed++) {
    const { violations, story, happened, commits } = await runHistory(seed);
    sum.histories += 1;
    sum.happened += happened;
    sum.commits += commits;
    if (violations.length > 0) failed.push({ seed, violations, story });
  }
  return { ...sum, failed };
}

/** What to say of one that failed: enough to run it again, and what happened in it. */
export function report({ seed, violations, story }: Failed): string {
  return [`seed ${seed} (again: LONG_TESTS=true SIM_SEED=${seed} SIM_HISTORIES=1)`, ...violations, ...story].join(
    "\n  ",
  );
}

const share = workerData as Share | null;
if (!isMainThread && share?.isShareOfHistories === true) {
  // Thousands of errors are made on purpose here, and nobody reads where.
  Error.stackTraceLimit = 0;
  parentPort?.postMessage(await runHere(share));
}
