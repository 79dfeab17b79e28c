import { runWorker } from "../lib/run.ts";
import { startPlayerService } from "./service.ts";

await runWorker("player", (ctx) => startPlayerService(ctx));
