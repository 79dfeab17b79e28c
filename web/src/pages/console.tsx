import { useState } from "preact/hooks";
import { Refused } from "../console/fresh.tsx";
import { AuditView, SessionsView } from "../console/people-views.tsx";
import { refreshMs } from "../console/use-refreshed.ts";
import { GatewaysView, WorkersView, WorldsView } from "../console/views.tsx";
import { place } from "../state/router.ts";
import { session } from "../state/session.ts";
import "../styles/tables.css";
import "../styles/console.css";

const views = {
  worlds: { label: "Worlds", view: WorldsView },
  workers: { label: "Workers", view: WorkersView },
  gateways: { label: "AI gateways", view: GatewaysView },
  sessions: { label: "Sessions", view: SessionsView },
  audit: { label: "Audit", view: AuditView },
} as const;
type ViewName = keyof typeof views;

/** What those who run the server see of it. Nothing is changed from here: that is for `npm run admin`. */
export function Console() {
  const [isOn, setOn] = useState(true);
  const isAdmin = session.value.kind === "in" && session.value.user.role === "admin";
  if (!isAdmin) {
    return (
      <main id="main" class="narrow">
        <h1>For administrators</h1>
        <Refused message="The console is for those who run this server, and you are not one of them." />
        <p>
          <a href="/worlds">To the worlds</a>
        </p>
      </main>
    );
  }
  const asked = place.value.query.get("see") ?? "";
  const seen = asked in views ? (asked as ViewName) : "worlds";
  const { label, view: View } = views[seen];
  return (
    <main id="main" class="console">
      <h1>Console</h1>
      <nav class="console-nav" aria-label="What to see">
        {Object.entries(views).map(([name, each]) => (
          <a key={name} href={`/console?see=${name}`} aria-current={name === seen ? "page" : undefined}>
            {each.label}
          </a>
        ))}
        <label>
          <input type="checkbox" checked={isOn} onChange={({ currentTarget }) => setOn(currentTarget.checked)} />
          Ask again every {refreshMs / 1000} seconds
        </label>
      </nav>
      <h2>{label}</h2>
      <View key={`${seen} ${place.value.query.get("user") ?? ""}`} isOn={isOn} />
    </main>
  );
}
