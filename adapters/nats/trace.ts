import { AsyncLocalStorage } from "node:async_hooks";

/** W3C trace context: the value of a `traceparent` header, carried from a request to every request made while serving it. */
const current = new AsyncLocalStorage<string>();

export const traceHeader = "traceparent";
const shape = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Runs `work` as part of this trace; what is not a traceparent is ignored. */
export function withTrace<T>(traceparent: string | undefined, work: () => T): T {
  return traceparent !== undefined && shape.test(traceparent) ? current.run(traceparent, work) : work();
}

export function currentTrace(): string | undefined {
  return current.getStore();
}
