import { announcement } from "../state/announce.ts";

/** The log itself is silent to screen readers: this says what is new, politely and not all of a flood. */
export function Announcer() {
  const { turn, lines } = announcement.value;
  return (
    <div class="unseen" aria-live="polite" aria-atomic="true">
      {lines.map((line, index) => (
        <p key={`${turn}-${index}`}>{line}</p>
      ))}
    </div>
  );
}
