import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { AppError } from "#core/lib/errors.ts";
import type { FromThread, ThreadData, ToThread } from "./messages.ts";

export type PostgresThread = {
  connect(): MessagePort;
  /** Writes everything out and ends. */
  close(): Promise<void>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  readonly ended: Promise<void>;
};

/** Resolves when the database answers. */
export async function startThread(data: ThreadData, onProgress: (text: string) => void): Promise<PostgresThread> {
  // Without its own execArgv a test runner's loader would be started in the thread as well.
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: data, execArgv: [] });
  const tell = (message: ToThread, transfer: MessagePort[] = []) => worker.postMessage(message, transfer);
  const ended = new Promise<void>((resolve) => void worker.once("exit", () => resolve()));

  await new Promise<void>((resolve, reject) => {
    worker.on("message", (message: FromThread) => {
      if (message.type === "progress") onProgress(message.text);
      else if (message.type === "ready") resolve();
      else reject(new AppError("UNAVAILABLE", message.text));
    });
    const died = (cause: unknown) =>
      reject(new AppError("UNAVAILABLE", "The embedded database could not start.", { cause }));
    worker.on("error", died);
    worker.once("exit", died);
  });

  return {
    connect() {
      const { port1, port2 } = new MessageChannel();
      tell({ type: "connect", port: port2 }, [port2]);
      return port1;
    },
    async close() {
      tell({ type: "close" });
      await ended;
    },
    async kill() {
      await worker.terminate();
    },
    ended,
  };
}
