import { choices, choose, type Setting, settings } from "../state/settings.ts";
import { session, signOut } from "../state/session.ts";
import { go } from "../state/router.ts";

const words: Readonly<Record<Setting, { readonly legend: string; readonly options: readonly string[] }>> = {
  theme: { legend: "Light", options: ["As the system", "Light", "Dark"] },
  text: { legend: "Size of text", options: ["Small", "Medium", "Large", "Huge"] },
  motion: { legend: "Motion", options: ["As the system", "Little"] },
  announce: { legend: "Read aloud by a screen reader", options: ["Everything", "What concerns me", "Nothing"] },
};

export function Settings() {
  return (
    <main class="narrow">
      <h1>Settings</h1>
      <form class="settings" onSubmit={(event) => event.preventDefault()}>
        {(Object.keys(words) as Setting[]).map((name) => (
          <Choice key={name} name={name} />
        ))}
      </form>
      <Account />
    </main>
  );
}

function Choice({ name }: { readonly name: Setting }) {
  const { legend, options } = words[name];
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div class="segments">
        {choices[name].map((value, index) => (
          <label key={value}>
            <input
              type="radio"
              name={name}
              value={value}
              checked={settings.value[name] === value}
              onChange={() => choose(name, value)}
            />
            {options[index]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Account() {
  const state = session.value;
  if (state.kind !== "in") return null;
  return (
    <section aria-labelledby="account">
      <h2 id="account">Your account</h2>
      <p>
        {state.user.username}, {state.user.email}
      </p>
      <button type="button" onClick={() => void signOut().then(() => go("/"))}>
        Sign out
      </button>
    </section>
  );
}
