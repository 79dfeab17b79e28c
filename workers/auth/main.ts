import { closeSocketsOfRevoked } from "#core/account/close-sockets.ts";
import { runWorker } from "../lib/run.ts";
import { startAuthService } from "./service.ts";

await runWorker("auth", (ctx) => {
  const running = new AsyncDisposableStack();
  running.use(startAuthService(ctx));
  running.defer(closeSocketsOfRevoked(ctx));
  return running;
});
