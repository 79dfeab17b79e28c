import { useEffect, useRef } from "preact/hooks";
import { type Action, actionsFor, chosen } from "../state/chosen.ts";
import { draft, send } from "../state/game.ts";
import { go } from "../state/router.ts";
import { focusPrompt } from "./prompt.tsx";

/** What can be done with what was picked. */
export function ActionBar() {
  const what = chosen.value;
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (what !== null) bar.current?.querySelector("button")?.focus();
  }, [what]);
  if (what === null) return null;
  const name = what.kind === "name" ? what.name : what.thing.name;
  const close = () => {
    chosen.value = null;
    focusPrompt();
  };
  const act = (action: Action) => {
    close();
    if ("send" in action) send(action.send);
    else if ("write" in action) draft.value = action.write;
    else go(action.go);
  };
  return (
    <div
      class="action-bar"
      role="group"
      aria-label={`What to do with ${name}`}
      ref={bar}
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      <span class="action-name">{name}</span>
      {actionsFor(what).map((action) => (
        <button key={action.label} type="button" onClick={() => act(action)}>
          {action.label}
        </button>
      ))}
      <button type="button" class="plain" aria-label="Never mind" onClick={close}>
        ✕
      </button>
    </div>
  );
}
