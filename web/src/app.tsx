import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Shell } from "./parts/shell.tsx";
import { Waiting } from "./parts/waiting.tsx";
import { ForgotPassword } from "./pages/forgot-password.tsx";
import { NotFound } from "./pages/not-found.tsx";
import { ResetPassword } from "./pages/reset-password.tsx";
import { SignIn } from "./pages/sign-in.tsx";
import { SignUp } from "./pages/sign-up.tsx";
import { VerifyEmail } from "./pages/verify-email.tsx";
import { Welcome } from "./pages/welcome.tsx";
import { go, place } from "./state/router.ts";
import { findSession, session } from "./state/session.ts";

/** `id`: what stands for `:id` in the path. */
export type PageProps = { readonly id: string };
type Page = ComponentType<PageProps>;
type Load = () => Promise<Page>;

/** For everybody: in the first bundle. */
const open: Readonly<Record<string, Page>> = {
  "/sign-in": SignIn,
  "/sign-up": SignUp,
  "/forgot-password": ForgotPassword,
  "/verify-email": VerifyEmail,
  "/reset-password": ResetPassword,
};

/** For everybody as well, and wanted by few. */
const openLater: Readonly<Record<string, Load>> = {
  "/docs": async () => (await import("./pages/api-docs.tsx")).ApiDocs,
};

/** For those who are signed in, each a bundle of its own. A page more is a line more here. */
const inside: Readonly<Record<string, Load>> = {
  "/worlds": async () => (await import("./pages/worlds.tsx")).Worlds,
  "/worlds/:id": async () => (await import("./pages/enter-world.tsx")).EnterWorld,
  "/worlds/:id/map": async () => (await import("./pages/world.tsx")).World,
  "/console": async () => (await import("./pages/console.tsx")).Console,
  "/make": async () => (await import("./pages/interview.tsx")).Interview,
  "/play": async () => (await import("./pages/play.tsx")).Play,
  "/settings": async () => (await import("./pages/settings.tsx")).Settings,
};

export function App() {
  const { path } = place.value;
  const opened = open[path];
  return <Shell>{opened ? <Opened page={opened} /> : <Elsewhere key={path} path={path} />}</Shell>;
}

function Opened({ page: OpenPage }: { readonly page: Page }) {
  return <OpenPage id="" />;
}

function Elsewhere({ path }: { readonly path: string }) {
  const later = openLater[path];
  if (later) return <Lazy load={later} id="" />;
  return path === "/" ? <Home /> : <Inside path={path} />;
}

function Home() {
  const isIn = session.value.kind === "in";
  useEffect(() => {
    if (isIn) go("/worlds", { replace: true });
  }, [isIn]);
  if (session.value.kind === "unknown" && !session.value.isOffline) return <Waiting what="One moment" />;
  return <Welcome />;
}

function Inside({ path }: { readonly path: string }) {
  const found = match(path);
  const state = session.value;
  const mustSignIn = found !== null && state.kind === "out";
  useEffect(() => {
    if (mustSignIn) go(`/sign-in?then=${encodeURIComponent(path)}`, { replace: true });
  }, [mustSignIn]);
  if (found === null) return <NotFound />;
  if (state.kind === "unknown" && state.isOffline) return <Unreachable />;
  if (state.kind !== "in") return <Waiting what="One moment" />;
  return <Lazy load={found.load} id={found.id} />;
}

function Lazy({ load, id }: { readonly load: Load; readonly id: string }) {
  const [state, setState] = useState<{ readonly page: Page | null; readonly isLost: boolean }>({
    page: null,
    isLost: false,
  });
  useEffect(() => {
    load().then(
      (page) => setState({ page, isLost: false }),
      () => setState({ page: null, isLost: true }),
    );
  }, []);
  const { page: Loaded, isLost } = state;
  if (Loaded) return <Loaded id={id} />;
  return isLost ? <Unreachable /> : <Waiting what="One moment" />;
}

/** Also where a new version has been put up, and this page knows only the files of the last one. */
function Unreachable() {
  return (
    <main id="main" class="narrow">
      <h1>You seem to be offline</h1>
      <p>The server does not answer. As soon as it does, you can go on from here.</p>
      <p>
        <button type="button" onClick={() => (session.value.kind === "in" ? location.reload() : void findSession())}>
          Try again
        </button>
      </p>
    </main>
  );
}

function match(path: string): { readonly load: Load; readonly id: string } | null {
  const exact = inside[path];
  if (exact !== undefined) return { load: exact, id: "" };
  const [, parent = "", id = "", rest = ""] = /^(\/[^/]+)\/([^/]+)(\/.+)?$/u.exec(path) ?? [];
  const load = inside[`${parent}/:id${rest}`];
  return load === undefined ? null : { load, id: decodeURIComponent(id) };
}
