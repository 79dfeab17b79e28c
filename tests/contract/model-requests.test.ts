import { memoryModelRequests } from "#adapters/memory/model-requests.ts";
import { systemClock } from "#adapters/system-clock.ts";
import { modelRequestsContract } from "./model-requests.ts";

const keptMax = 8;

modelRequestsContract("the queue in memory", async () => {
  const requests = memoryModelRequests({ clock: systemClock }, { keptMax });
  return {
    requests,
    keptMax,
    another: async () => requests,
    // The dead one took first; whoever takes after it is the newest, and is not to die.
    kill: async () => requests.killOldest(),
    [Symbol.asyncDispose]: async () => {},
  };
});
