import { createReadyMade } from "#core/world/create-ready-made.ts";
import { runWorker } from "../lib/run.ts";
import { startWorldService } from "./service.ts";

await runWorker("world", async (ctx, { name, leaseMs }) => {
  await createReadyMade(ctx);
  return startWorldService(ctx, { owner: name, leaseMs });
});
