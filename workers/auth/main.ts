import { closeSocketsOfRevoked } from "#core/account/close-sockets.ts";
import { sweepSockets } from "#core/account/sweep-sockets.ts";
import { runWorker } from "../lib/run.ts";
import { startAuthService } from "./service.ts";

await runWorker("auth", (ctx) => {
  const running = new AsyncDisposableStack();
  running.use(startAuthService(ctx));
  running.defer(closeSocketsOfRevoked(ctx));
  running.use(sweepSockets(ctx));
  return running;
});
