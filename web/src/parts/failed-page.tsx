type Props = { readonly title: string; readonly message: string; readonly again: () => void };

/** Instead of a page whose contents could not be had. */
export function FailedPage({ title, message, again }: Props) {
  return (
    <main id="main" class="narrow">
      <h1>{title}</h1>
      <p>{message}</p>
      <p>
        <TryAgain again={again} />
      </p>
    </main>
  );
}

type PartProps = Omit<Props, "title"> & { readonly role?: "alert"; readonly class?: string };

/** Instead of a part of a page whose contents could not be had. */
export function FailedPart({ message, again, ...paragraph }: PartProps) {
  return (
    <p {...paragraph}>
      {message} <TryAgain again={again} />
    </p>
  );
}

const TryAgain = ({ again }: Pick<Props, "again">) => (
  <button type="button" onClick={again}>
    Try again
  </button>
);
