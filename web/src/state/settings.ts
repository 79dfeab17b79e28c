import { effect, signal } from "@preact/signals";

export const choices = {
  theme: ["system", "light", "dark"],
  text: ["small", "medium", "large", "huge"],
  motion: ["system", "reduced"],
  announce: ["everything", "important", "nothing"],
} as const;
export type Setting = keyof typeof choices;
export type Settings = { readonly [Name in Setting]: (typeof choices)[Name][number] };

const storageKey = "settings";
const usual: Settings = { theme: "system", text: "medium", motion: "system", announce: "everything" };

export const settings = signal<Settings>(read());

export function choose<Name extends Setting>(name: Name, value: Settings[Name]): void {
  settings.value = { ...settings.value, [name]: value };
}

const wantsLess = matchMedia("(prefers-reduced-motion: reduce)");
export const isMotionReduced = (): boolean => settings.value.motion === "reduced" || wantsLess.matches;

/** Style sheets read the settings off the page itself. */
export function applySettings(): void {
  effect(() => {
    for (const name of Object.keys(choices) as Setting[]) document.documentElement.dataset[name] = settings.value[name];
    try {
      localStorage.setItem(storageKey, JSON.stringify(settings.value));
    } catch {
      // Without storage they last as long as the page.
    }
  });
}

function read(): Settings {
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? "{}") as Partial<Record<Setting, string>>;
    const entries = (Object.keys(choices) as Setting[]).map((name) => {
      const known: readonly string[] = choices[name];
      return [name, known.includes(kept[name] ?? "") ? kept[name] : usual[name]];
    });
    return Object.fromEntries(entries) as Settings;
  } catch {
    return usual;
  }
}
