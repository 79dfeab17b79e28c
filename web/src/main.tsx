import { render } from "preact";
import { App } from "./app.tsx";
import { isOnline, keepShell } from "./state/offline.ts";
import { followLinks } from "./state/router.ts";
import { findSession, session } from "./state/session.ts";
import { applySettings } from "./state/settings.ts";

applySettings();
followLinks();
render(<App />, document.getElementById("app")!);
void findSession();
keepShell();
// Whoever could not be asked before can be now.
isOnline.subscribe((isBack) => {
  if (isBack && session.value.kind === "unknown" && session.value.isOffline) void findSession();
});
