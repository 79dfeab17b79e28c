import { render } from "preact";
import { App } from "./app.tsx";
import { keepShell } from "./state/offline.ts";
import { followLinks } from "./state/router.ts";
import { findSession } from "./state/session.ts";
import { applySettings } from "./state/settings.ts";

applySettings();
followLinks();
render(<App />, document.getElementById("app")!);
void findSession();
keepShell();
