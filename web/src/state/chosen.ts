import { signal } from "@preact/signals";
import { commandNamed } from "#client/commands.ts";
import type { CarriedThing } from "#core/protocol/frames-out.ts";
import { commands, neighbours } from "./game.ts";

/** What the player has picked to do something with; the bar above the input says what. */
export type Chosen =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "thing"; readonly thing: CarriedThing };

export const chosen = signal<Chosen | null>(null);

/** "send": done at once. "write": the input begins like this, and the player goes on. "go": a page of the client. */
export type Action = { readonly label: string } & (
  | { readonly send: string }
  | { readonly write: string }
  | { readonly go: string }
);

/** Only what this server knows how to do. */
export function actionsFor(what: Chosen): Action[] {
  const actions = what.kind === "name" ? forName(what.name) : forThing(what.thing);
  return actions.filter((action) => "go" in action || isKnown("send" in action ? action.send : action.write));
}

const isKnown = (line: string): boolean => commandNamed(line.split(" ", 1)[0] ?? "", commands.value) !== undefined;

function forName(name: string): Action[] {
  const found = neighbours.value.find((each) => each.name === name);
  const look: Action = { label: "Look", send: `look ${name}` };
  switch (found?.kind) {
    case "portal":
      return [{ label: "Enter", send: `enter ${name}` }, look];
    case "thing":
      return /statue/iu.test(name)
        ? [look, { label: "Talk, and have a world made", go: "/make" }]
        : [look, { label: "Take", send: `get ${name}` }, { label: "Use", send: `use ${name}` }];
    case "person":
    case undefined:
      return [
        look,
        { label: "Talk", send: `talk ${name}` },
        { label: "Tell", write: `tell ${name} ` },
        { label: "Whisper", write: `whisper ${name} ` },
        { label: "Give", write: `give  to ${name}` },
      ];
  }
}

function forThing({ name, slot }: CarriedThing): Action[] {
  return [
    { label: "Look", send: `look ${name}` },
    slot === null ? { label: "Equip", send: `equip ${name}` } : { label: "Take off", send: `unequip ${name}` },
    { label: "Use", send: `use ${name}` },
    { label: "Drop", send: `drop ${name}` },
    { label: "Give", write: `give ${name} to ` },
  ];
}
