import { Worker } from "node:worker_threads";

/** What a thread says: see thread-answer.ts. */
export type Report<T> =
  | { readonly type: "progress"; readonly share: number }
  | { readonly type: "done"; readonly value: T };

/** Does a piece of work in a thread of its own, which ends with it, or with the signal. */
export async function runInThread<T>(
  name: "climate" | "picture",
  work: unknown,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<T> {
  signal.throwIfAborted();
  const worker = new Worker(new URL(`./${name}-thread.ts`, import.meta.url), { workerData: work, execArgv: [] });
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  worker.on("message", (report: Report<T>) => {
    if (report.type === "done") resolve(report.value);
    else onProgress(report.share);
  });
  worker.on("error", reject);
  worker.on("exit", () => reject(new Error(`the ${name} thread ended without a result`)));
  try {
    return await promise;
  } finally {
    signal.removeEventListener("abort", onAbort);
    await worker.terminate();
  }
}
