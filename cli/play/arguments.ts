import { parseArgs } from "node:util";
import { UsageError } from "../run.ts";

export const playHelp = `Usage: npm run play -- [--url URL] [--user EMAIL] [--as NAME] [--keep] [--map WHEN] [--no-color]

  --url URL    the server; default http://localhost:8080
  --user EMAIL whose account; asked for where it is not given. The password is always asked for and never shown or kept
  --as NAME    the character to go on as, by its name or id; "lobby" steps into the lobby. Chosen from a list where it is not given
  --keep       keeps the session on this machine (readable by you alone), so that the next start does not ask again
  --forget     ends the kept session, and says no more
  --map WHEN   asked (default), always, words or never; /map changes it while you play
  --no-color   no colours; so does NO_COLOR, and what is not a terminal gets none

While you play: /help tells what this client does itself, "help" what the game does. Tab completes. Ctrl-D or /quit leaves.
With lines from a pipe it sends them one after another, waits for what they bring about, and ends.`;

export const mapModes = ["asked", "always", "words", "never"] as const;
export type MapMode = (typeof mapModes)[number];

export type PlayArguments = {
  readonly origin: string;
  readonly user: string | null;
  readonly as: string | null;
  readonly keeps: boolean;
  readonly forgets: boolean;
  readonly map: MapMode;
  readonly isPlain: boolean;
};

/** null: help was asked for. Throws a UsageError of one line. */
export function parsePlay(args: readonly string[]): PlayArguments | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      url: { type: "string", default: "http://localhost:8080" },
      user: { type: "string" },
      as: { type: "string" },
      keep: { type: "boolean", default: false },
      forget: { type: "boolean", default: false },
      map: { type: "string", default: "asked" },
      "no-color": { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return null;
  const map = mapModes.find((mode) => mode === values.map);
  if (map === undefined) throw new UsageError(`--map is one of ${mapModes.join(", ")}.`);
  return {
    origin: originOf(values.url),
    user: values.user ?? null,
    as: values.as ?? null,
    keeps: values.keep,
    forgets: values.forget,
    map,
    isPlain: values["no-color"],
  };
}

function originOf(text: string): string {
  const url = URL.parse(text);
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    throw new UsageError("--url must be that of a server, such as https://play.example.org");
  }
  return url.origin;
}

const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u;

/** Whoever listens on the way would hear the password. */
export const isOpenWire = (origin: string): boolean => {
  const { protocol, hostname } = new URL(origin);
  return protocol === "http:" && !loopback.test(hostname);
};
