type Props = { readonly title: string; readonly message: string; readonly again: () => void };

/** Instead of a page whose contents could not be had. */
export function FailedPage({ title, message, again }: Props) {
  return (
    <main id="main" class="narrow">
      <h1>{title}</h1>
      <p>{message}</p>
      <p>
        <button type="button" onClick={again}>
          Try again
        </button>
      </p>
    </main>
  );
}
