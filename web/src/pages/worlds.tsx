export function Worlds() {
  return (
    <main>
      <h1>Worlds</h1>
    </main>
  );
}
