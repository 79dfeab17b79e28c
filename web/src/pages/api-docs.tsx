import { useId, useState } from "preact/hooks";
import { type ApiDocument, operationsByTag } from "../api-docs/document.ts";
import { OperationView } from "../api-docs/operation-view.tsx";
import { FailedPart } from "../parts/failed-page.tsx";
import { useLoaded } from "../parts/use-loaded.ts";
import { rest, session } from "../state/session.ts";
import "../styles/api-docs.css";

/** The page of `/api/docs`: what `openapi.json` tells, and forms to try it. */
export function ApiDocs() {
  const loaded = useLoaded(() => rest<ApiDocument>("GET", "/openapi.json"));
  const [token, setToken] = useState("");
  const [wanted, setWanted] = useState("");
  const id = useId();
  const isIn = session.value.kind === "in";
  return (
    <main id="main" class="api-docs">
      <h1>The API</h1>
      <p>
        REST under <code>/api</code>, as <a href="/api/openapi.json">openapi.json</a> describes it. What you send from
        here is done. {isIn ? "You are signed in, and ask as yourself" : "You are not signed in"}, unless you put a
        token below.
      </p>
      <div class="api-tools">
        <div class="field">
          <label for={id}>Token of a session (as login answers it; it is kept nowhere)</label>
          <input
            id={id}
            type="password"
            autocomplete="off"
            value={token}
            onInput={({ currentTarget }) => setToken(currentTarget.value.trim())}
          />
        </div>
        <div class="field">
          <label for={`${id}-wanted`}>Only those about</label>
          <input id={`${id}-wanted`} value={wanted} onInput={({ currentTarget }) => setWanted(currentTarget.value)} />
        </div>
      </div>
      {loaded.kind === "loading" && <p class="waiting">Reading the document …</p>}
      {loaded.kind === "failed" && <FailedPart role="alert" message={loaded.message} again={loaded.again} />}
      {loaded.kind === "there" && <Operations document={loaded.value} token={token} wanted={wanted} />}
    </main>
  );
}

type Props = { readonly document: ApiDocument; readonly token: string; readonly wanted: string };

function Operations({ document, token, wanted }: Props) {
  const words = wanted.trim().toLowerCase();
  const groups = [...operationsByTag(document)]
    .map(([tag, all]) => {
      const found = all.filter(({ id, summary }) => `${tag} ${id} ${summary}`.toLowerCase().includes(words));
      return [tag, found] as const;
    })
    .filter(([, found]) => found.length > 0);
  if (groups.length === 0) return <p role="status">Nothing in the API is about that.</p>;
  return (
    <>
      {groups.map(([tag, found]) => (
        <section key={tag} aria-labelledby={`tag-${tag}`}>
          <h2 id={`tag-${tag}`}>{tag}</h2>
          {found.map((operation) => (
            <OperationView key={operation.id} operation={operation} document={document} token={token} />
          ))}
        </section>
      ))}
    </>
  );
}
