import { Worker } from "node:worker_threads";
import { AppError } from "#core/lib/errors.ts";
import type { MakePlanet } from "#core/ports/planets.ts";
import type { ThreadReport } from "./planet-thread-main.ts";

/** A planet takes a second or two, and with its weather about a minute of a core, of which there may be few. */
const makingMsMax = 1_200_000;

/** In a thread of its own, which ends with the planet or with the signal. */
export const makePlanetInThread: MakePlanet = async (generator, { signal, onProgress }) => {
  const ended = AbortSignal.any([signal, AbortSignal.timeout(makingMsMax)]);
  if (ended.aborted) throw stopped();
  const worker = new Worker(new URL("./planet-thread-main.ts", import.meta.url), {
    workerData: generator,
    execArgv: [],
  });
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const onAbort = () => reject(stopped());
  ended.addEventListener("abort", onAbort, { once: true });
  worker.on("message", (report: ThreadReport) => {
    if (report.type === "done") resolve(report.planet);
    else onProgress(report.stage, report.share);
  });
  worker.on("error", reject);
  worker.on("exit", (code) => reject(new Error(`the planet's thread ended without one (${code})`)));
  try {
    return await promise;
  } finally {
    ended.removeEventListener("abort", onAbort);
    await worker.terminate();
  }
};

const stopped = () => new AppError("UNAVAILABLE", "The planet was not finished.", { retryAfterS: 1 });
