import { AsyncLocalStorage } from "node:async_hooks";

/** W3C trace context: the value of a `traceparent` header, carried from a request to everything done while serving it. */
const current = new AsyncLocalStorage<string | undefined>();

export const traceHeader = "traceparent";
const shape = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const none = /^0+$/;

/** Runs `work` as part of this trace; what is not a traceparent is ignored. */
export function withTrace<T>(traceparent: string | undefined, work: () => T): T {
  return traceparent !== undefined && shape.test(traceparent) ? current.run(traceparent, work) : work();
}

/** Runs `work` as part of nothing: it goes on longer than what happens to have begun it. */
export function withoutTrace<T>(work: () => T): T {
  return current.getStore() === undefined ? work() : current.run(undefined, work);
}

export function currentTrace(): string | undefined {
  return current.getStore();
}

export type TraceIds = { readonly traceId: string; readonly spanId: string; readonly isSampled: boolean };

/** null for what is not a traceparent. */
export function traceIds(traceparent: string): TraceIds | null {
  const [, traceId, spanId, flags] = shape.exec(traceparent) ?? [];
  if (traceId === undefined || spanId === undefined || none.test(traceId) || none.test(spanId)) return null;
  return { traceId, spanId, isSampled: (Number.parseInt(flags ?? "00", 16) & 1) === 1 };
}

/** For a line of a log: which span it was written in. */
export function traceFields(): { trace_id?: string; span_id?: string } {
  const traceparent = current.getStore();
  const ids = traceparent === undefined ? null : traceIds(traceparent);
  return ids === null ? {} : { trace_id: ids.traceId, span_id: ids.spanId };
}

/** As a delivery carries it. */
export function traceOf({ headers }: { readonly headers?: { get(name: string): string } | undefined }): {
  readonly trace?: string;
} {
  const traceparent = headers?.get(traceHeader) ?? "";
  return shape.test(traceparent) ? { trace: traceparent } : {};
}
