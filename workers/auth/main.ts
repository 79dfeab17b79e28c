import { runWorker } from "../lib/run.ts";
import { startAuthService } from "./service.ts";

await runWorker("auth", (ctx) => startAuthService(ctx));
