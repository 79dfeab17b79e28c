import { busLlm } from "#core/llm/bus-llm.ts";
import { createReadyMade } from "#core/world/create-ready-made.ts";
import { runWorker } from "../lib/run.ts";
import { startWorldService } from "./service.ts";

await runWorker("world", async (ctx, { name, leaseMs }) => {
  await createReadyMade(ctx);
  await using starting = new AsyncDisposableStack();
  const llm = starting.use(busLlm({ ...ctx, requests: ctx.modelRequests }));
  starting.use(await startWorldService({ ...ctx, llm }, { owner: name, leaseMs }));
  return starting.move();
});
