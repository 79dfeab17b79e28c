export function NotFound() {
  return (
    <main id="main" class="narrow">
      <h1>There is nothing here</h1>
      <p>
        This path leads nowhere. <a href="/">Back to where paths begin</a>
      </p>
    </main>
  );
}
