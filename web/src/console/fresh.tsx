import type { ComponentChildren } from "preact";
import type { Refreshed } from "./use-refreshed.ts";

type Props = { readonly of: Refreshed<unknown>; readonly children: ComponentChildren };

/** What was told last, when that was, and what has gone wrong since. */
export function Fresh({ of: { value, failure, atMs, again }, children }: Props) {
  if (failure?.status === 403) return <Refused message={failure.message} />;
  return (
    <>
      <p class="fresh">
        <span class="soft">
          {atMs === null ? "Asking …" : `As of ${new Date(atMs).toISOString().slice(11, 19)} UTC.`}
        </span>
        <button type="button" onClick={again}>
          Ask again
        </button>
      </p>
      <div role="alert" class={failure ? "trouble" : ""}>
        {failure && (value === null ? failure.message : `${failure.message} Below is what was told before.`)}
      </div>
      {value !== null && children}
    </>
  );
}

/** Also where the role was taken away while the page was open. */
export function Refused({ message }: { readonly message: string }) {
  return (
    <div role="alert">
      <p>{message}</p>
      <p class="soft">
        Whoever runs this server can make you one: <code>npm run admin users role YOUR-NAME admin</code>. Then sign in
        anew.
      </p>
    </div>
  );
}
