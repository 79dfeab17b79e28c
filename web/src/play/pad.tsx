import type { Direction } from "#client/commands.ts";
import { send } from "../state/game.ts";

type Key = { readonly go: Direction | "look"; readonly sign: string; readonly label: string };

const keys: readonly Key[] = [
  { go: "northwest", sign: "↖", label: "Northwest" },
  { go: "north", sign: "↑", label: "North" },
  { go: "northeast", sign: "↗", label: "Northeast" },
  { go: "west", sign: "←", label: "West" },
  { go: "look", sign: "◉", label: "Look around" },
  { go: "east", sign: "→", label: "East" },
  { go: "southwest", sign: "↙", label: "Southwest" },
  { go: "south", sign: "↓", label: "South" },
  { go: "southeast", sign: "↘", label: "Southeast" },
];

const byKey: Readonly<Record<string, Direction | "look">> = {
  ArrowUp: "north",
  ArrowDown: "south",
  ArrowLeft: "west",
  ArrowRight: "east",
  Home: "northwest",
  PageUp: "northeast",
  End: "southwest",
  PageDown: "southeast",
};

/** While the focus is on the map or the pad, the arrow keys walk. */
export function walkByKey(event: KeyboardEvent): void {
  const direction = byKey[event.key];
  if (direction === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  send(direction);
}

export function Pad() {
  return (
    <div class="pad" role="group" aria-label="Walk; here the arrow keys walk, too">
      {keys.map(({ go, sign, label }) => (
        <button key={go} type="button" aria-label={label} title={label} onClick={() => send(go)}>
          <span aria-hidden="true">{sign}</span>
        </button>
      ))}
    </div>
  );
}
