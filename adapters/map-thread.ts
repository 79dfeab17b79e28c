import { Worker } from "node:worker_threads";
import { AppError } from "#core/lib/errors.ts";
import type { MapPicture } from "#core/world/look-at-map.ts";
import type { MapWork } from "./map-thread-main.ts";

/** Behind the one that is being painted. One more is refused. */
export const waitingMax = 4;
/** A picture takes a second or three; one that takes this long will not come. */
const paintingMsMax = 30_000;

/** Paints one picture at a time, each in a thread of its own: whatever is asked for, it takes one core and no turn waits for it. */
export function threadPictures(): MapPicture {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return ({ record, planet }, wanted) => {
    if (waiting > waitingMax) {
      throw new AppError("UNAVAILABLE", "Too many maps are being painted just now.", { retryAfterS: 5 });
    }
    waiting++;
    const painted = last.then(() => paint({ spec: record.spec, planet, wanted })).finally(() => waiting--);
    // The next one comes whatever became of this one.
    last = painted.catch(() => {});
    return painted;
  };
}

async function paint(work: MapWork): Promise<string> {
  const worker = new Worker(new URL("./map-thread-main.ts", import.meta.url), { workerData: work, execArgv: [] });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const tooLate = setTimeout(() => reject(new AppError("TIMEOUT", "The map was not painted in time.")), paintingMsMax);
  worker.on("message", resolve);
  worker.on("error", reject);
  worker.on("exit", (code) => reject(new Error(`the map's thread ended without one (${code})`)));
  try {
    return await promise;
  } finally {
    clearTimeout(tooLate);
    await worker.terminate();
  }
}
