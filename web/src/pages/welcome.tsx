export function Welcome() {
  return (
    <main id="main" class="welcome">
      <h1>Thousand Worlds</h1>
      <p class="lead">
        Places made of words, with weather of their own. Walk into one, or describe one and it will be there.
      </p>
      <p class="actions">
        <a class="button primary" href="/sign-up">
          Begin
        </a>
        <a class="button" href="/sign-in">
          Sign in
        </a>
      </p>
      <blockquote class="taste" aria-label="A moment in one of them">
        <p>Grass moves around your knees. The ground falls to the west.</p>
        <p>It is dusk in autumn; the west glows, but the sun is not up. The moon, nearly full, stands in the east.</p>
      </blockquote>
    </main>
  );
}
