import { useState } from "preact/hooks";
import { Field, Form, Trouble, useWork } from "../parts/form.tsx";
import { NewPasswordField } from "../parts/new-password-field.tsx";
import { Segments } from "../parts/segments.tsx";
import { go } from "../state/router.ts";
import { api, session, signOut } from "../state/session.ts";
import { choices, choose, type Setting, settings } from "../state/settings.ts";

const words: Readonly<Record<Setting, { readonly legend: string; readonly options: readonly string[] }>> = {
  theme: { legend: "Light", options: ["As the system", "Light", "Dark"] },
  text: { legend: "Size of text", options: ["Small", "Medium", "Large", "Huge"] },
  motion: { legend: "Motion", options: ["As the system", "Little"] },
  announce: { legend: "Read aloud by a screen reader", options: ["Everything", "What concerns me", "Nothing"] },
};

export function Settings() {
  return (
    <main id="main" class="narrow settings">
      <h1>Settings</h1>
      <form onSubmit={(event) => event.preventDefault()}>
        {(Object.keys(words) as Setting[]).map((name) => (
          <Choice key={name} name={name} />
        ))}
      </form>
      <Account />
      <Keys />
      <p class="aside">
        For those who write programs: <a href="/docs">the API, to read and to try</a>.
      </p>
    </main>
  );
}

function Choice({ name }: { readonly name: Setting }) {
  const { legend, options } = words[name];
  const all: readonly string[] = choices[name];
  return (
    <Segments
      legend={legend}
      name={name}
      options={all.map((value, index) => [value, options[index] ?? value] as const)}
      value={settings.value[name]}
      onChange={(value) => choose(name, value as (typeof choices)[Setting][number])}
    />
  );
}

function Account() {
  const state = session.value;
  if (state.kind !== "in") return null;
  const { username, email, email_verified: isVerified } = state.user;
  return (
    <section aria-labelledby="account">
      <h2 id="account">Your account</h2>
      <p>
        {username}, {email}
      </p>
      {!isVerified && <Unverified />}
      <NewPassword />
      <Sessions />
    </section>
  );
}

/** Says what came of it, as it comes. */
function useAnswer() {
  const work = useWork();
  const [answer, setAnswer] = useState("");
  return {
    work,
    answer,
    ask: (request: () => Promise<{ readonly message: string }>) =>
      work.run(async () => setAnswer((await request()).message)),
  };
}

function Unverified() {
  const { work, answer, ask } = useAnswer();
  return (
    <>
      <p>Your address is not confirmed yet. There is a mail to you with a link.</p>
      <button type="button" onClick={() => ask(() => api.sendVerification())}>
        Send the mail again
      </button>
      <p role="status">{answer}</p>
      <Trouble failure={work.failure} />
    </>
  );
}

function NewPassword() {
  const work = useWork();
  const [answer, setAnswer] = useState("");
  return (
    <details>
      <summary>Change the password</summary>
      <Form
        work={work}
        submit="Change it"
        onSubmit={async ({ old = "", new: password = "" }) =>
          setAnswer((await api.changePassword(old, password)).message)
        }
      >
        <Field
          name="old"
          label="The present one"
          type="password"
          autocomplete="current-password"
          required
          failure={work.failure}
        />
        <NewPasswordField name="new" label="The new one" failure={work.failure} />
      </Form>
      <p role="status">{answer}</p>
    </details>
  );
}

function Sessions() {
  const { work, answer, ask } = useAnswer();
  return (
    <>
      <p class="actions">
        <button type="button" onClick={() => work.run(() => signOut().then(() => go("/")))}>
          Sign out
        </button>
        <button type="button" onClick={() => ask(() => api.endOtherSessions())}>
          Sign out everywhere else
        </button>
      </p>
      <p role="status">{answer}</p>
      <Trouble failure={work.failure} />
    </>
  );
}

const keys = [
  ["Tab", "takes what is offered while you type"],
  ["↑ ↓", "what you typed before"],
  ["Alt + arrows", "walk, wherever the cursor is in your line"],
  ["Numeric pad", "walks while the line is empty; 5 looks around"],
  ["Arrows on the map or the pad", "walk"],
  ["Escape", "never mind"],
] as const;

function Keys() {
  return (
    <section aria-labelledby="keys">
      <h2 id="keys">Keys in play</h2>
      <dl class="keys">
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
