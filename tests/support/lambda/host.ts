import { pinoLog } from "#adapters/log.ts";
import { runProcess } from "#adapters/run-process.ts";
import { startLambdaHost } from "#dev/lambda/host.ts";
import { readEnv } from "#functions/config.ts";
import { functionNames, handlerFile } from "./bundle.ts";
import { startLambda } from "./environment.ts";

// In place of dev/lambda/main.ts: each function as the bundle that is deployed, in a process that is frozen between two events.

await runProcess(
  async () => {
    const { FUNCTIONS_PORT, LAMBDA_BUNDLES, ...env } = readEnv();
    const log = pinoLog({ level: "info", fd: 1 });
    const print = (text: string): void => void process.stdout.write(text);
    const running = new AsyncDisposableStack();
    const functions: Record<string, (event: unknown) => Promise<unknown>> = {};
    for (const name of functionNames) {
      const environment = running.use(await startLambda(handlerFile(name, LAMBDA_BUNDLES ?? ""), { env, print }));
      // As the local gateway calls it.
      functions[name === "message" ? "default" : name] = environment.invoke;
    }
    running.use(await startLambdaHost(functions, { port: Number(FUNCTIONS_PORT), log }));
    log.info({}, "functions ready");
    return running;
  },
  { stopsWithStdin: true },
);
