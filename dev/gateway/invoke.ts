import type { Context } from "aws-lambda";
import type { Clock } from "#core/ports/system.ts";

export type Outcome<Result> =
  | { readonly kind: "answered"; readonly result: Result }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "timed-out" };

type Options = {
  readonly clock: Clock;
  readonly functionName: string;
  readonly requestId: string;
  readonly integrationMsMax: number;
};

/** Calls the handler at once, as Lambda would be, and waits no longer than the gateway does. Never rejects. */
export async function invoke<Event, Result>(
  handler: (event: Event, context: Context) => Promise<Result>,
  event: Event,
  options: Options,
): Promise<Outcome<Result>> {
  const timer = new AbortController();
  const answer = call(handler, event, options);
  const timeout = options.clock
    .sleep(options.integrationMsMax, timer.signal)
    .then((): Outcome<Result> => ({ kind: "timed-out" }));
  const outcome = await Promise.race([answer, timeout]);
  timer.abort();
  return outcome;
}

async function call<Event, Result>(
  handler: (event: Event, context: Context) => Promise<Result>,
  event: Event,
  options: Options,
): Promise<Outcome<Result>> {
  try {
    return { kind: "answered", result: await handler(event, lambdaContext(options)) };
  } catch (error) {
    return { kind: "failed", error };
  }
}

function lambdaContext({ clock, functionName, requestId, integrationMsMax }: Options): Context {
  const endsAtMs = clock.monotonicMs() + integrationMsMax;
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: "1024",
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: "local",
    getRemainingTimeInMillis: () => Math.max(0, endsAtMs - clock.monotonicMs()),
    done: ignore,
    fail: ignore,
    succeed: ignore,
  };
}

// Of the callback style, which nothing here speaks.
function ignore(): void {}
