import { parentPort, workerData } from "node:worker_threads";

/** Between two reports of progress. */
const reportEveryMs = 100;

/** The whole of a thread: takes its work, tells how far it is, and answers. Who started the thread knows what the work is. */
export async function answer(run: (work: unknown, onProgress: (share: number) => void) => unknown): Promise<void> {
  let toldMs = 0;
  const value = await run(workerData, (share) => {
    const nowMs = performance.now();
    if (nowMs - toldMs < reportEveryMs) return;
    toldMs = nowMs;
    parentPort?.postMessage({ type: "progress", share });
  });
  parentPort?.postMessage({ type: "done", value });
}
