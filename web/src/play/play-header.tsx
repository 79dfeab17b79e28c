import { linkState, world } from "../state/game.ts";
import { SkyLine } from "./sky-line.tsx";
import { Vitals } from "./vitals.tsx";

export function PlayHeader() {
  const name = world.value?.name ?? "Thousand Worlds";
  const isOpen = linkState.value.kind === "open";
  return (
    <header class="play-header">
      <a class="back" href="/worlds" aria-label="Leave for the list of worlds">
        <img src="/icon.svg" alt="" width="26" height="26" />
      </a>
      <div class="where">
        <h1 title={isOpen ? "Connected" : "Not connected"}>
          {name}
          <span class={isOpen ? "lamp on" : "lamp"} />
        </h1>
        <SkyLine />
      </div>
      <Vitals />
    </header>
  );
}
