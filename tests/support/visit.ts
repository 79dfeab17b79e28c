import { readFile } from "node:fs/promises";
import { join } from "node:path";

// A visit is a text: what some people do, line by line, and what each of them is told. It is played wherever the game runs, and must come to
// the same text everywhere. `vitest -u` writes what was heard into it; the script is what stays.
//
//   # words for who reads it
//   + Ana                      she comes
//   Ana> look                  she types a line; when everybody has heard what there is to hear, it stands below
//   Ana~ You have walked       they wait until she is told something that contains this
//   - Ana                      she goes; who sees it waits for it
//     Ana: info: You see …     what she was told: the type of the message and its text

/** Somebody who plays, wherever the game runs. */
export type Visitor = {
  say(text: string): Promise<void>;
  /** What was told since the last time, when all that was said so far has been dealt with: "type: text". */
  heard(): Promise<string[]>;
  /** The same, up to and with the first that contains this. */
  hears(words: string): Promise<string[]>;
  leave(): Promise<void>;
};

export type Theatre = { enter(name: string): Promise<Visitor> };

export const visitFile = (name: string): string => join(import.meta.dirname, "../visits", `${name}.txt`);

/** Plays the script of a visit, and answers with the whole text as it went. */
export async function playVisit(name: string, theatre: Theatre): Promise<string> {
  const script = await readFile(visitFile(name), "utf8");
  const here = new Map<string, Visitor>();
  const played: string[] = [];
  const listen = async (speaker: string) => {
    // Sockets may overtake each other: once the speaker's own line is dealt with, so is what the others hear of it.
    const own = (await here.get(speaker)?.heard()) ?? [];
    for (const [who, visitor] of here) {
      const heard = who === speaker ? own : await visitor.heard();
      played.push(...heard.map((text) => told(who, text)));
    }
  };
  for (const line of script.split("\n")) {
    if (line.startsWith("  ")) continue;
    played.push(line);
    const [, who = "", sign = "", words = ""] = /^(\w+)([>~]) ?(.*)$/u.exec(line) ?? [];
    const comes = line.startsWith("+ ") ? line.slice(2) : null;
    if (comes !== null) here.set(comes, await theatre.enter(comes));
    else if (line.startsWith("- ")) {
      await here.get(line.slice(2))?.leave();
      here.delete(line.slice(2));
      continue;
    } else if (sign === ">") await visitorNamed(here, who).say(words);
    else if (sign === "~") played.push(...(await visitorNamed(here, who).hears(words)).map((text) => told(who, text)));
    else continue;
    await listen(comes ?? who);
  }
  return played.join("\n");
}

function visitorNamed(here: ReadonlyMap<string, Visitor>, who: string): Visitor {
  const visitor = here.get(who);
  if (!visitor) throw new Error(`${who} is not here: has she come with "+ ${who}"?`);
  return visitor;
}

const told = (who: string, text: string): string => `  ${who}: ${masked(text).replaceAll("\n", " / ")}`;

/** What depends on the moment: hours, weather and who else lives about. */
function masked(text: string): string {
  if (text.startsWith("area_description: ") && !text.startsWith("area_description: Lobby"))
    return `${text.split("\n")[0]} …`;
  return text.startsWith("time: ") || text.startsWith("weather: ") ? `${text.split(" ")[0]} …` : text;
}

/** Of the frames of a socket those that are words. */
export function wordsIn(frames: readonly { readonly type: string; readonly data?: unknown }[]): string[] {
  return frames.flatMap(({ type, data }) => {
    const message = data as { type?: string; text?: string } | undefined;
    return type === "game_message" && message?.type !== "map_update" ? [`${message?.type}: ${message?.text}`] : [];
  });
}

export const visits = ["first-visit", "belongings"] as const;
