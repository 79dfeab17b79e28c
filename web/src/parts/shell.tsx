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
    // The focus follows to the new page, so that a screen reader begins there.
    const heading = document.querySelector<HTMLElement>("main h1");
    if (!isFirst.current) focus(heading);
    isFirst.current = false;
    document.title = titleOf(heading);
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

function focus(element: HTMLElement | null): void {
  if (element === null) return;
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

function titleOf(heading: HTMLElement | null): string {
  const text = heading?.textContent ?? "";
  return text === "" || text === "Thousand Worlds" ? "Thousand Worlds" : `${text} · Thousand Worlds`;
}
