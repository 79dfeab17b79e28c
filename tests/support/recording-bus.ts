import type { Bus } from "#core/ports/bus.ts";

/** A bus that writes down what it is asked, and answers nothing. */
export function recordingBus() {
  const asked: [subject: string, input: unknown, timeoutMs: number][] = [];
  const bus: Bus = {
    request: async ({ subject }, input, { timeoutMs }) => {
      asked.push([subject, input, timeoutMs]);
      return undefined as never;
    },
    serve: () => async () => {},
    publish() {},
    subscribe: () => () => {},
  };
  return { bus, asked };
}
