import { useId, useRef, useState } from "preact/hooks";
import { type Completion, completionsOf, type Direction } from "#client/commands.ts";
import { commands, draft, neighbours, send, vitals } from "../state/game.ts";
import { session } from "../state/session.ts";
import { keepHistory, keptHistory } from "../state/visit.ts";

const promptId = "prompt";
/** What the server takes of a line. */
const textMax = 1000;

export function focusPrompt(): void {
  document.getElementById(promptId)?.focus();
}

const byArrow: Readonly<Record<string, Direction>> = {
  ArrowUp: "north",
  ArrowDown: "south",
  ArrowLeft: "west",
  ArrowRight: "east",
};
const byNumpad: Readonly<Record<string, Direction | "look">> = {
  Numpad7: "northwest",
  Numpad8: "north",
  Numpad9: "northeast",
  Numpad4: "west",
  Numpad5: "look",
  Numpad6: "east",
  Numpad1: "southwest",
  Numpad2: "south",
  Numpad3: "southeast",
};

/** The line that is typed: with its history, and with what it could become. */
export function Prompt() {
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const history = useHistory();
  const [picked, setPicked] = useState(-1);
  const [isOpen, setOpen] = useState(false);
  const offers = isOpen ? completionsOf(draft.value, commands.value, known()) : [];
  const isOffering = offers.length > 0;

  const write = (text: string) => {
    draft.value = text;
    setPicked(-1);
    setOpen(true);
  };
  const take = ({ text }: Completion) => {
    write(text);
    input.current?.focus();
  };
  const submit = (text: string) => {
    if (text.trim() === "") return;
    if (!send(text.trim())) return;
    history.add(text.trim());
    draft.value = "";
    setPicked(-1);
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const done = onKey(event, { offers, picked, setPicked, setOpen, take, write, history });
    if (done) event.preventDefault();
  };
  return (
    <form
      class="prompt"
      onSubmit={(event) => {
        event.preventDefault();
        submit(draft.value);
      }}
    >
      {isOffering && <Offers id={listId} offers={offers} picked={picked} onTake={take} />}
      <label class="unseen" for={promptId}>
        What do you do?
      </label>
      <input
        ref={input}
        id={promptId}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={isOffering}
        aria-controls={listId}
        {...(isOffering && picked >= 0 && { "aria-activedescendant": `${listId}-${picked}` })}
        value={draft.value}
        placeholder="What do you do?"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        enterkeyhint="send"
        maxLength={textMax}
        autofocus
        onInput={({ currentTarget }) => write(currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => setOpen(false)}
      />
      <button type="submit" class="primary">
        Do it
      </button>
    </form>
  );
}

type OffersProps = {
  readonly id: string;
  readonly offers: readonly Completion[];
  readonly picked: number;
  readonly onTake: (offer: Completion) => void;
};

function Offers({ id, offers, picked, onTake }: OffersProps) {
  return (
    <ul class="offers" id={id} role="listbox" aria-label="It could become">
      {offers.map((offer, index) => (
        <li
          key={offer.text}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === picked}
          // Before the input loses the focus, and with it the list.
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(offer);
          }}
        >
          {offer.label} <span class="soft">{offer.hint}</span>
        </li>
      ))}
    </ul>
  );
}

type Keys = {
  readonly offers: readonly Completion[];
  readonly picked: number;
  readonly setPicked: (index: number) => void;
  readonly setOpen: (isOpen: boolean) => void;
  readonly take: (offer: Completion) => void;
  readonly write: (text: string) => void;
  readonly history: ReturnType<typeof useHistory>;
};

/** True where the key has done something here. */
function onKey(event: KeyboardEvent, keys: Keys): boolean {
  const { offers, picked, setPicked, setOpen, take, write, history } = keys;
  const walk = event.altKey ? byArrow[event.key] : draft.value === "" ? byNumpad[event.code] : undefined;
  if (walk !== undefined) return send(walk);
  const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (!isPlain) return false;
  if (event.key === "Tab" && offers.length > 0) return (take(offers[Math.max(0, picked)]!), true);
  if (event.key === "Enter" && picked >= 0 && offers[picked]) return (take(offers[picked]), true);
  if (event.key === "Escape") {
    if (offers.length > 0) setOpen(false);
    else write("");
    return true;
  }
  if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return false;
  const step = event.key === "ArrowUp" ? -1 : 1;
  if (offers.length > 0 && !history.isBack)
    return (setPicked((picked + step + offers.length + 1) % (offers.length + 1)), true);
  const line = history.move(step, draft.value);
  if (line !== null) {
    write(line);
    setOpen(false);
  }
  return true;
}

/** Lines typed before, kept in this browser; the one that was being typed is at their end. */
function useHistory() {
  const userId = session.value.kind === "in" ? session.value.user.user_id : "";
  const [past] = useState(() => ({ lines: [...keptHistory(userId)], back: 0, unsent: "" }));
  return {
    get isBack(): boolean {
      return past.back > 0;
    },
    add(line: string): void {
      if (past.lines.at(-1) !== line) past.lines.push(line);
      past.back = 0;
      keepHistory(userId, past.lines);
    },
    move(step: number, current: string): string | null {
      const back = Math.min(past.lines.length, Math.max(0, past.back - step));
      if (back === past.back) return null;
      if (past.back === 0) past.unsent = current;
      past.back = back;
      return back === 0 ? past.unsent : (past.lines.at(-back) ?? "");
    },
  };
}

function known() {
  const of = (kind: string) => neighbours.value.filter((each) => each.kind === kind).map(({ name }) => name);
  const carried = vitals.value?.inventory.map(({ name }) => name) ?? [];
  return { people: of("person"), things: [...of("thing"), ...carried], places: of("portal") };
}
