export function EnterWorld() {
  return (
    <main>
      <h1>EnterWorld</h1>
    </main>
  );
}
