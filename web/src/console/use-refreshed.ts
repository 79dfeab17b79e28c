import { useEffect, useState } from "preact/hooks";
import { ApiError } from "#client/rest.ts";

/** Between an answer and the next question: never two at once, and none while nobody looks. */
export const refreshMs = 10_000;

export type Refreshed<T> = {
  readonly value: T | null;
  /** What went wrong with the last question; the value before it stays. */
  readonly failure: ApiError | null;
  /** Of the value, by the wall clock. */
  readonly atMs: number | null;
  readonly again: () => void;
};

/** What `load` answers; asked again by itself while `isOn`, whenever `key` changes, and when `again` is called. */
export function useRefreshed<T>(load: (signal: AbortSignal) => Promise<T>, key: string, isOn: boolean): Refreshed<T> {
  const [state, setState] = useState<Omit<Refreshed<T>, "again">>({ value: null, failure: null, atMs: null });
  const [turn, setTurn] = useState(0);
  useEffect(() => setState({ value: null, failure: null, atMs: null }), [key]);
  useEffect(() => {
    const stopped = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const next = () => {
      if (isOn && !stopped.signal.aborted) timer = setTimeout(() => (document.hidden ? next() : void ask()), refreshMs);
    };
    const ask = async () => {
      try {
        const value = await load(stopped.signal);
        if (!stopped.signal.aborted) setState({ value, failure: null, atMs: Date.now() });
      } catch (error) {
        if (!stopped.signal.aborted) setState((last) => ({ ...last, failure: failureOf(error) }));
        // Who is refused once is refused again.
        if (error instanceof ApiError && error.status === 403) return;
      }
      next();
    };
    void ask();
    return () => {
      stopped.abort();
      clearTimeout(timer);
    };
  }, [key, isOn, turn]);
  return { ...state, again: () => setTurn((last) => last + 1) };
}

const failureOf = (error: unknown): ApiError => (error instanceof ApiError ? error : new ApiError(0, {}));
