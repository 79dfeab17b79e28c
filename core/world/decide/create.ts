import { splitTarget } from "../../command/parse.ts";
import { kindsOf } from "../../character/attributes.ts";
import { lobbyWorldId } from "../../lib/ids.ts";
import type { Facts } from "../facts.ts";
import { bornBy } from "../input-id.ts";
import { type Act, answer, type Decision, refuse, telling } from "../scene.ts";
import { isStatueNear, tellStatue } from "./statue.ts";
import { goTo } from "./travel.ts";

/** `world: null`: where he is. */
export type Wanted =
  | { readonly kind: "world" }
  | { readonly kind: "character"; readonly name: string; readonly species: string; readonly world: string | null };

/** What is to be created; null where nobody could say. */
export function wantedIn(rest: string): Wanted | null {
  const [, what = "", words = ""] = /^(?:an? )?(\S+)\s*(.*)$/iu.exec(rest) ?? [];
  if (what.toLowerCase() === "world") return { kind: "world" };
  if (what.toLowerCase() !== "character") return null;
  const isNameless = /^in \S/iu.test(words);
  const { target: name, words: after } = isNameless ? { target: "", words } : splitTarget(words);
  const [, species = after, world = null] = /^(.*?)(?:^|\s)in (\S.*)$/iu.exec(after) ?? [];
  return { kind: "character", name, species: unquoted(species), world: world === null ? null : unquoted(world) };
}

const unquoted = (words: string): string => words.replaceAll('"', "").trim();

export function decideCreate(act: Act, facts: Facts): Decision {
  const wanted = wantedIn(act.rest);
  if (wanted === null)
    return refuse(act.actor, "Create what? Say `create world`, or `create character <name> <species>`.");
  return wanted.kind === "world" ? createWorld(act, facts) : createCharacter(act, wanted, facts);
}

/** Before the statue it speaks; from anywhere else the way leads there. */
function createWorld(act: Act, facts: Facts): Decision {
  const { actor, scene } = act;
  if (isStatueNear(scene, actor)) return tellStatue(act, "I wish for a world.", { isReply: false, isOpening: true });
  if (scene.place.id === lobbyWorldId) return refuse(actor, "The statue is nowhere to be seen. Try again in a moment.");
  if (!facts.destination) return refuse(actor, "The way to the statue is closed for now. Try again in a moment.");
  const way = goTo(act, facts.destination, "create world");
  if (way.switch) return way;
  const hint = "Worlds begin at the statue in the lobby. Say `create world` before it.";
  return { ...way, tell: (after) => [telling(actor.id, "system", hint), ...way.tell(after)] };
}

function createCharacter(
  act: Act,
  { name, species, world: meant }: Extract<Wanted, { kind: "character" }>,
  { destination }: Facts,
): Decision {
  const { actor, scene, inputId } = act;
  if (meant === null && scene.place.id === lobbyWorldId)
    return refuse(actor, "In which world? Say `create character <name> <species> in <world>`; `worlds` lists them.");
  if (!destination)
    return refuse(actor, `There is no world "${meant ?? scene.place.name}". \`worlds\` lists what there is.`);
  const { world, own } = destination;
  if (world.id === lobbyWorldId)
    return refuse(actor, "Everyone has somebody in the lobby already. Name another world.");
  if (own?.id === actor.id) return refuse(actor, `You are ${own.name}, and there is one of yours in each world.`);
  // Done again after a crash, it is told again as well.
  if (own !== null && own.id !== bornBy(inputId))
    return refuse(
      actor,
      `You have a character in ${world.name} already: \`enter ${world.name}\` goes on as ${own.name}.`,
    );
  if (name === "" || species === "")
    return answer(actor, "trigger_entry_options", `Who will you be in ${world.name}? ${howTo(act, world.id)}`, {
      world_id: world.id,
    });
  return {
    events: [],
    tell: () => [],
    birth: { inputId, characterId: actor.id, userId: actor.userId, world, name, species, role: "player" },
  };
}

function howTo({ scene: { place } }: Act, worldId: string): string {
  const where = worldId === place.id ? "" : " in <world>";
  const kinds =
    worldId === place.id
      ? ` There are: ${kindsOf(place.spec)
          .map(({ name }) => name)
          .join(", ")}.`
      : "";
  return `Say \`create character <name> <species>${where}\`.${kinds}`;
}

/** Goes there as the one who watches it for him, who is made where he is not there yet. */
export function decideWatcher(act: Act, { destination }: Facts): Decision {
  const { actor, rest, inputId } = act;
  if (rest === "") return refuse(actor, "Watch which world? Try `watcher Hearthvale`; `worlds` lists what there is.");
  if (!destination) return refuse(actor, `There is no world "${rest}". \`worlds\` lists what there is.`);
  const { world, own } = destination;
  if (world.id === lobbyWorldId) return refuse(actor, "In the lobby nobody watches: `lobby` leads there.");
  if (own === null) {
    const watcher = { name: actor.name, species: "Watcher", role: "watcher" } as const;
    return {
      events: [],
      tell: () => [],
      birth: { inputId, characterId: actor.id, userId: actor.userId, world, ...watcher },
    };
  }
  if (own.role !== "watcher")
    return refuse(actor, `You are somebody in ${world.name}: \`enter ${world.name}\` goes on as ${own.name}.`);
  if (own.id === actor.id && act.scene.place.id === world.id) return refuse(actor, `You watch ${world.name} already.`);
  return goTo(act, destination, null);
}
