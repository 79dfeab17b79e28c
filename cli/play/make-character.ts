import type { Api, EntryOptions, NewCharacter } from "#client/api.ts";
import { pointsToSpend, raiseMax, spentOn } from "#client/point-buy.ts";
import type { WorldResponse } from "#core/protocol/world.ts";
import { orSay } from "./sign-in.ts";
import type { Terminal } from "./terminal.ts";

type Wanted = Omit<NewCharacter, "world_id">;

/** The id of the character that was made there; null where it came to nothing. */
export async function makeCharacter(
  terminal: Terminal,
  api: Api,
  world: Pick<WorldResponse, "id" | "name">,
): Promise<string | null> {
  const options = await api.entryOptions(world.id);
  const wanted = await askWhom(terminal, options);
  if (wanted === null) return null;
  const made = await orSay(terminal, () => api.createCharacter({ world_id: world.id, ...wanted }));
  return made?.character.character_id ?? null;
}

async function askWhom(terminal: Terminal, options: EntryOptions): Promise<Wanted | null> {
  const {
    can_create_custom: isNewOffered,
    available_npcs: inhabitants,
    can_enter_as_watcher: isWatchOffered,
  } = options;
  const ways = [
    ...(isNewOffered ? ["new"] : []),
    ...(inhabitants.length > 0 ? ["inhabitant"] : []),
    ...(isWatchOffered ? ["watch"] : []),
  ];
  const answer = await terminal.ask(`As whom: ${ways.join(", ")}? [${ways[0]}] `);
  const way = ways.find((each) => each.startsWith(answer.toLowerCase())) ?? null;
  if (way === "watch") return { name: await nameFor(terminal), role: "watcher" };
  if (way === "inhabitant") return askInhabitant(terminal, inhabitants);
  if (way === "new") return askNew(terminal, options.species);
  terminal.say("error", `! Say one of ${ways.join(", ")}.`);
  return null;
}

const nameFor = (terminal: Terminal): Promise<string> => terminal.ask("Name: ");

async function askInhabitant(terminal: Terminal, inhabitants: EntryOptions["available_npcs"]): Promise<Wanted | null> {
  for (const [index, each] of inhabitants.entries()) {
    terminal.say(
      "info",
      `${String(index + 1).padStart(3)}  ${each.name}, ${each.species}, ${each.occupation}. ${each.description}`,
    );
  }
  const found = inhabitants[Number(await terminal.ask("Who? ")) - 1];
  return found === undefined ? null : { name: found.name, npc_id: found.id };
}

async function askNew(terminal: Terminal, species: EntryOptions["species"]): Promise<Wanted | null> {
  const name = await nameFor(terminal);
  const names = species.map((each) => each.name);
  const said = (await terminal.ask(`Species: ${names.join(", ")}? [${names[0]}] `)).toLowerCase();
  const chosen = species.find((each) => each.name.toLowerCase().startsWith(said));
  if (chosen === undefined) {
    terminal.say("error", `! Say one of ${names.join(", ")}.`);
    return null;
  }
  const attributes = await askAttributes(terminal, chosen.attributes);
  return { name, species: chosen.name, attributes };
}

async function askAttributes(
  terminal: Terminal,
  template: EntryOptions["species"][number]["attributes"],
): Promise<Record<string, number>> {
  const names = Object.keys(template);
  terminal.say("info", names.map((name) => `${name} ${template[name as keyof typeof template]}`).join(", "));
  terminal.say(
    "info",
    `You have ${pointsToSpend} points: raising by up to 10 costs 1 each, up to 20 2, up to ${raiseMax} 3.`,
  );
  for (;;) {
    const answer = await terminal.ask('Raise which, such as "Might 10, Sight 5"? (nothing: none) ');
    const raises = readRaises(answer, names);
    if (typeof raises === "string") terminal.say("error", `! ${raises}`);
    else return raises;
  }
}

/** What it says, or what is wrong with it. */
export function readRaises(text: string, names: readonly string[]): Record<string, number> | string {
  const raises: Record<string, number> = {};
  for (const part of text.split(",").map((each) => each.trim())) {
    if (part === "") continue;
    const [, word = "", number = ""] = /^(\p{L}+)\s+\+?(\d{1,2})$/u.exec(part) ?? [];
    const name = names.find((each) => word !== "" && each.toLowerCase().startsWith(word.toLowerCase()));
    if (name === undefined) return `"${part}" is no attribute and how far to raise it.`;
    raises[name] = Number(number);
    if (raises[name] > raiseMax) return `${name} can be raised by at most ${raiseMax}.`;
  }
  const spent = spentOn(raises);
  return spent > pointsToSpend ? `That costs ${spent} points, and there are ${pointsToSpend}.` : raises;
}
