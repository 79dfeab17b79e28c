import { memo } from "preact/compat";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { partsOf } from "#client/names.ts";
import { WorldPicture } from "../parts/world-picture.tsx";
import { draft, neighbours } from "../state/game.ts";
import { type Line, type LineKind, lines } from "../state/log.ts";
import { chosen } from "../state/chosen.ts";
import { focusPrompt } from "./prompt.tsx";

/** So near to the end one is taken to read along. */
const nearEndPx = 48;

export function LogView() {
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const [isBehind, setBehind] = useState(false);
  const all = lines.value;
  const names = namesIn(all);
  const key = names.join("\n");
  const heights = useRef("");
  const toEnd = () => box.current?.scrollTo({ top: box.current.scrollHeight });
  useLayoutEffect(() => {
    if (isAtEnd.current) toEnd();
    else setBehind(true);
  }, [all]);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => isAtEnd.current && toEnd());
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);
  return (
    <div class="log-frame">
      {/* Announced apart, a few lines at a time: a live region of its own would flood. */}
      <div
        class="log"
        role="log"
        aria-live="off"
        aria-label="What has happened"
        tabIndex={0}
        ref={box}
        onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
          // What moves because the page has changed its size is nobody's wish to read elsewhere.
          const isWish = heights.current === `${clientHeight} ${scrollHeight}`;
          heights.current = `${clientHeight} ${scrollHeight}`;
          if (!isWish && isAtEnd.current) return toEnd();
          isAtEnd.current = scrollTop + clientHeight > scrollHeight - nearEndPx;
          if (isAtEnd.current) setBehind(false);
          return undefined;
        }}
      >
        {all.map((line, index) => (
          <LineView key={line.id} line={line} names={key} isFirst={isFirstOf(line, all[index - 1])} />
        ))}
      </div>
      {isBehind && (
        <button type="button" class="to-end" onClick={toEnd}>
          New below
        </button>
      )}
    </div>
  );
}

/** What can be clicked: what is around, and whoever has spoken lately. */
function namesIn(all: readonly Line[]): string[] {
  const speakers = all.slice(-40).flatMap(({ speaker }) => (speaker === undefined ? [] : [speaker]));
  return [...new Set([...neighbours.value.map(({ name }) => name), ...speakers])];
}

/** A player's line and the answers to it belong together. */
const isFirstOf = ({ kind }: Line, before: Line | undefined): boolean => kind === "own" || before === undefined;

const quiet: ReadonlySet<LineKind> = new Set(["own", "movement", "arrival", "departure", "time", "note", "system"]);

type LineProps = { readonly line: Line; readonly names: string; readonly isFirst: boolean };

const LineView = memo(({ line: { kind, text, state, worldId }, names, isFirst }: LineProps) => {
  const classes = ["line", `is-${kind}`, ...(quiet.has(kind) ? ["quiet"] : []), ...(isFirst ? ["first"] : [])];
  if (kind === "own") {
    return (
      <p class={classes.join(" ")} data-state={state}>
        <span class="unseen">You typed: </span>
        {text}
        {state === "lost" && <span class="lost"> (not known to have arrived)</span>}
      </p>
    );
  }
  if (kind === "area_description") {
    const [title = "", ...rest] = text.split("\n");
    return (
      <div class={classes.join(" ")}>
        <h2>{title}</h2>
        <p>
          <Words text={rest.join("\n")} names={names} />
        </p>
      </div>
    );
  }
  return (
    <div class={classes.join(" ")}>
      <Words text={text} names={names} />
      {kind === "start_interview" && <a href="/make">Talk with it face to face</a>}
      {worldId !== undefined && <Leads kind={kind} worldId={worldId} />}
    </div>
  );
});

function Leads({ kind, worldId }: { readonly kind: LineKind; readonly worldId: string }) {
  if (kind === "world_map_data")
    return (
      <>
        <WorldPicture id={worldId} name="this world" shape="spherical" isReady width={768} />
        <a href={`/worlds/${worldId}/map`}>More maps of it, and its weather</a>
      </>
    );
  return <a href={`/worlds/${worldId}`}>Become somebody of this world</a>;
}

/** What the world suggests to type stands between backticks. */
function Words({ text, names }: { readonly text: string; readonly names: string }) {
  return (
    <>
      {text.split(/`([^`\n]{1,60})`/u).map((words, index) =>
        index % 2 === 0 ? (
          <Named key={index} text={words} names={names} />
        ) : (
          <button key={index} type="button" class="name command" onClick={() => propose(words)}>
            {words}
          </button>
        ),
      )}
    </>
  );
}

function propose(line: string): void {
  draft.value = line;
  focusPrompt();
}

function Named({ text, names }: { readonly text: string; readonly names: string }) {
  return (
    <>
      {partsOf(text, names === "" ? [] : names.split("\n")).map(({ text: words, name }, index) =>
        name === undefined ? (
          words
        ) : (
          <button key={index} type="button" class="name" onClick={() => (chosen.value = { kind: "name", name })}>
            {words}
          </button>
        ),
      )}
    </>
  );
}
