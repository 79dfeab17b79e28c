import { signal } from "@preact/signals";
import { MapPanel } from "./map-panel.tsx";
import { PackPanel } from "./pack-panel.tsx";
import { PeoplePanel } from "./people-panel.tsx";

const panels = [
  ["map", "Map", MapPanel],
  ["people", "Here", PeoplePanel],
  ["pack", "Things", PackPanel],
] as const;

/** Of a small screen, which shows one at a time. */
const open = signal<(typeof panels)[number][0] | null>("map");

export function Panels() {
  return (
    <aside class="panels" aria-label="Around you" data-open={open.value ?? "none"}>
      {panels.map(([id, label, Panel]) => (
        <section key={id} id={`panel-${id}`} class="panel" data-panel={id} aria-label={label}>
          <Panel />
        </section>
      ))}
      <div class="panel-tabs">
        {panels.map(([id, label]) => (
          <button
            key={id}
            type="button"
            aria-expanded={open.value === id}
            aria-controls={`panel-${id}`}
            onClick={() => (open.value = open.value === id ? null : id)}
          >
            {label}
          </button>
        ))}
      </div>
    </aside>
  );
}
