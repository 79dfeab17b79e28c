import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { MeResponse } from "#core/protocol/account.ts";
import { place } from "../state/router.ts";
import { session } from "../state/session.ts";

/** Where one can go from anywhere; in play the page has the whole screen, with a header of its own. */
const links = [
  ["/worlds", "Worlds"],
  ["/make", "Make a world"],
  ["/settings", "Settings"],
] as const;

export function Shell({ children }: { readonly children: ComponentChildren }) {
  const { path } = place.value;
  const isFirst = useRef(true);
  useEffect(() => {
    const follows = !isFirst.current;
    isFirst.current = false;
    return onceHeaded((heading) => {
      document.title = titleOf(heading);
      // The focus follows to the new page, so that a screen reader begins there; unless the page has put it somewhere itself.
      const isPlaced = document.activeElement?.closest("main") instanceof HTMLElement;
      const placesItself = document.querySelector("main [autofocus]") !== null;
      if (follows && !isPlaced && !placesItself) focus(heading);
    });
  }, [path]);
  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(event) => (event.preventDefault(), focus(document.getElementById("main")))}
      >
        Skip to the content
      </a>
      {path !== "/play" && <Header path={path} />}
      {children}
    </>
  );
}

function Header({ path }: { readonly path: string }) {
  return (
    <header class="top">
      <a class="brand" href="/">
        <img src="/icon.svg" alt="" width="28" height="28" />
        Thousand Worlds
      </a>
      {session.value.kind === "in" && (
        <nav aria-label="Main">
          {linksOf(session.value.user).map(([href, label]) => (
            <a key={href} href={href} aria-current={path === href ? "page" : undefined}>
              {label}
            </a>
          ))}
        </nav>
      )}
    </header>
  );
}

/** Who is no administrator has no console, and is not told of it. */
const linksOf = ({ role }: MeResponse) => (role === "admin" ? [...links, ["/console", "Console"] as const] : links);

/** A page that is fetched first has its heading later. */
function onceHeaded(arrived: (heading: HTMLElement) => void): () => void {
  const look = () => {
    const heading = document.querySelector<HTMLElement>("main h1, header h1");
    if (heading === null) return;
    observer.disconnect();
    arrived(heading);
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, { childList: true, subtree: true });
  look();
  return () => observer.disconnect();
}

function focus(element: HTMLElement | null): void {
  if (element === null) return;
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

function titleOf(heading: HTMLElement): string {
  const text = heading.textContent;
  return text === "" || text === "Thousand Worlds" ? "Thousand Worlds" : `${text} · Thousand Worlds`;
}
