import { closeSocketsOfRevoked } from "#core/account/close-sockets.ts";
import { keepAccounts } from "#core/account/keep-accounts.ts";
import { openMail } from "#adapters/mail/open-mail.ts";
import { sweepSockets } from "#core/account/sweep-sockets.ts";
import { runWorker } from "../lib/run.ts";
import { startAuthService } from "./service.ts";

await runWorker("auth", async (ctx, config) => {
  const running = new AsyncDisposableStack();
  running.use(startAuthService(ctx));
  running.defer(closeSocketsOfRevoked(ctx));
  running.use(sweepSockets(ctx));
  const mail = await openMail(config.mail, { ...ctx, region: config.awsRegion });
  running.use(keepAccounts({ ...ctx, mail }));
  return running;
});
