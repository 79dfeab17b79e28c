export function Interview() {
  return (
    <main>
      <h1>Interview</h1>
    </main>
  );
}
