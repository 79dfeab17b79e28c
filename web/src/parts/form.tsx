import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { ApiError } from "#client/rest.ts";

export type Failure = { readonly message: string; readonly details: ReadonlyMap<string, string> };
const failureOf = (error: unknown): Failure =>
  error instanceof ApiError
    ? { message: error.details.size > 0 ? "Please look at what is marked." : inWords(error), details: error.details }
    : { message: "Something went wrong here. Try again.", details: new Map() };

const inWords = ({ message, retryAfterS }: ApiError): string =>
  retryAfterS === null ? message : `${message} Try again in ${spanWords(retryAfterS)}.`;

const spanWords = (seconds: number): string => {
  if (seconds < 90) return seconds === 1 ? "a second" : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
};

/** One thing at a time: `run` does nothing while it is under way. */
export function useWork(): {
  readonly isBusy: boolean;
  readonly failure: Failure | null;
  run(work: () => Promise<void>): void;
} {
  const [state, setState] = useState<{ isBusy: boolean; failure: Failure | null }>({ isBusy: false, failure: null });
  return {
    ...state,
    run(work) {
      if (state.isBusy) return;
      setState({ isBusy: true, failure: null });
      work().then(
        () => setState({ isBusy: false, failure: null }),
        (error: unknown) => setState({ isBusy: false, failure: failureOf(error) }),
      );
    },
  };
}

type FormProps = {
  readonly work: ReturnType<typeof useWork>;
  readonly submit: string;
  readonly onSubmit: (values: Readonly<Record<string, string>>) => Promise<void>;
  readonly children: ComponentChildren;
};

export function Form({ work, submit, onSubmit, children }: FormProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const values = [...new FormData(event.currentTarget)].filter(
          (entry): entry is [string, string] => typeof entry[1] === "string",
        );
        work.run(() => onSubmit(Object.fromEntries(values)));
      }}
    >
      {children}
      <Trouble failure={work.failure} />
      <button type="submit" class="primary" aria-disabled={work.isBusy}>
        {work.isBusy ? "One moment …" : submit}
      </button>
    </form>
  );
}

/** Said by screen readers as it comes. */
export function Trouble({ failure }: { readonly failure: Failure | null }) {
  return (
    <div role="alert" class={failure ? "trouble" : ""}>
      {failure?.message}
    </div>
  );
}

type FieldProps = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly type?: "text" | "email" | "password";
  readonly autocomplete?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly title?: string;
  readonly required?: boolean;
  readonly failure: Failure | null;
};

export function Field({ name, label, hint, failure, type = "text", ...input }: FieldProps) {
  const id = useId();
  const problem = failure?.details.get(name);
  const isDescribed = hint !== undefined || problem !== undefined;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        {...({ ...input, type } as { readonly type: "text" })}
        id={id}
        name={name}
        aria-invalid={problem !== undefined}
        {...(isDescribed && { "aria-describedby": `${id}-hint` })}
      />
      {isDescribed && (
        <p id={`${id}-hint`} class={problem === undefined ? "hint" : "hint trouble"}>
          {problem === undefined ? hint : `It ${problem}.`}
        </p>
      )}
    </div>
  );
}
