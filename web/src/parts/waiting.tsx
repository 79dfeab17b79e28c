export function Waiting({ what }: { readonly what: string }) {
  return (
    <main id="main" class="narrow">
      <p class="waiting" role="status">
        {what} …
      </p>
    </main>
  );
}
