import { useId, useState } from "preact/hooks";
import type { AuditResponse, UserSessionsResponse } from "#core/protocol/oversight.ts";
import { go, place } from "../state/router.ts";
import { Fresh } from "./fresh.tsx";
import { type Column, Table } from "./table.tsx";
import { useRefreshed } from "./use-refreshed.ts";
import { admin, type ViewProps } from "./views.tsx";
import { figure, moment, orNone } from "./words.ts";

const auditRows = 100;

type Happened = AuditResponse["events"][number];

const auditColumns: readonly Column<Happened>[] = [
  { head: "When", cell: ({ at }) => moment(at) },
  { head: "What", cell: ({ type }) => type.replaceAll("-", " ") },
  {
    head: "User",
    cell: ({ user_id: id }) => (id === null ? "–" : <a href={`/console?see=sessions&user=${id}`}>{id}</a>),
  },
  { head: "Session", cell: ({ session_id: id }) => orNone(id) },
  { head: "Address", cell: ({ address }) => orNone(address) },
];

export function AuditView({ isOn }: ViewProps) {
  const user = place.value.query.get("user") ?? "";
  const loaded = useRefreshed((signal) => admin.audit({ user, limit: auditRows }, { signal }), `audit ${user}`, isOn);
  return (
    <>
      <WhichUser label="Only of this user" user={user} see="audit" />
      <Fresh of={loaded}>
        <Table
          caption={`What happened with accounts, newest first; at most ${auditRows}`}
          columns={auditColumns}
          rows={loaded.value?.events ?? []}
          keyOf={({ number }) => number}
          none="Nothing has happened yet."
        />
      </Fresh>
    </>
  );
}

export function SessionsView({ isOn }: ViewProps) {
  const user = place.value.query.get("user") ?? "";
  return (
    <>
      <WhichUser label="Whose sessions" user={user} see="sessions" />
      {user === "" ? (
        <p class="soft">Name a user by username, e-mail address or id.</p>
      ) : (
        <SessionsOf user={user} isOn={isOn} />
      )}
    </>
  );
}

type Session = UserSessionsResponse["sessions"][number];

const sessionColumns: readonly Column<Session>[] = [
  { head: "Session", cell: ({ id }) => id },
  { head: "Begun", cell: ({ created_at: at }) => moment(at) },
  { head: "Ends", cell: ({ expires_at: at }) => moment(at) },
];

function SessionsOf({ user, isOn }: ViewProps & { readonly user: string }) {
  const loaded = useRefreshed((signal) => admin.sessions(user, { signal }), `sessions ${user}`, isOn);
  return (
    <Fresh of={loaded}>
      {loaded.value && <UserFacts user={loaded.value.user} />}
      <Table
        caption="Sessions in force, newest first"
        columns={sessionColumns}
        rows={loaded.value?.sessions ?? []}
        keyOf={({ id }) => id}
        none="This user is signed in nowhere."
      />
    </Fresh>
  );
}

function UserFacts({ user }: { readonly user: UserSessionsResponse["user"] }) {
  const facts = [
    ["Name", user.username],
    ["Id", user.id],
    ["Role", user.role],
    ["Characters", figure(user.characters)],
    ["Account made", moment(user.created_at)],
    ["Last login", moment(user.last_login)],
    ["Banned", user.banned_at === null ? "no" : moment(user.banned_at)],
  ] as const;
  return (
    <dl class="keys">
      {facts.map(([what, value]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function WhichUser({ label, user, see }: { readonly label: string; readonly user: string; readonly see: string }) {
  const [typed, setTyped] = useState(user);
  const id = useId();
  return (
    <form
      class="filter"
      onSubmit={(event) => {
        event.preventDefault();
        go(`/console?${new URLSearchParams({ see, ...(typed.trim() !== "" && { user: typed.trim() }) }).toString()}`);
      }}
    >
      <div class="field">
        <label for={id}>{label} (username, e-mail or id)</label>
        <input id={id} value={typed} maxLength={320} onInput={({ currentTarget }) => setTyped(currentTarget.value)} />
      </div>
      <button type="submit">Look up</button>
    </form>
  );
}
