export function Play() {
  return (
    <main>
      <h1>Play</h1>
    </main>
  );
}
