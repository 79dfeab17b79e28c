import { useEffect, useState } from "preact/hooks";

export type Loaded<T> =
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly message: string; readonly again: () => void }
  | { readonly kind: "there"; readonly value: T; readonly again: () => void };

/** What `load` answers, asked again whenever `key` changes and when `again` is called. */
export function useLoaded<T>(load: () => Promise<T>, key = ""): Loaded<T> {
  const [state, setState] = useState<Loaded<T>>({ kind: "loading" });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    const again = () => setTurn((last) => last + 1);
    load().then(
      (value) => isCurrent && setState({ kind: "there", value, again }),
      (error: unknown) => isCurrent && setState({ kind: "failed", message: wordsOf(error), again }),
    );
    return () => {
      isCurrent = false;
    };
  }, [key, turn]);
  return state;
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : "Something went wrong.");
