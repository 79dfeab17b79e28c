import { commandNamed, commands, specOf } from "../../command/registry.ts";
import { usageOf } from "../../command/spec.ts";
import { suggestCommand } from "../../command/suggest.ts";
import type { Body } from "../model.ts";
import type { Facts } from "../facts.ts";
import { type Act, answer, type Decision, refuse } from "../scene.ts";

export function decideHelp({ actor, rest }: Act): Decision {
  if (rest !== "") {
    const name = commandNamed(rest.toLowerCase());
    if (name === undefined) return unknownCommand(actor, rest.toLowerCase());
    const spec = specOf(name);
    const also = spec.aliases.length > 0 ? `\nAlso: ${spec.aliases.join(", ")}` : "";
    return answer(actor, "system", `${usageOf(spec)}\n${spec.help}${also}`);
  }
  const groups = Map.groupBy(commands, ({ group }) => group);
  const lines = [...groups].map(([group, specs]) => `${group}: ${specs.map(({ name }) => name).join(", ")}`);
  return answer(
    actor,
    "system",
    `${lines.join("\n")}\nSay \`help look\` for one of them. Several go on one line with semicolons between them, and \`!\` repeats the last line.`,
  );
}

export function unknownCommand(actor: Body, word: string): Decision {
  const suggestion = suggestCommand(word);
  const hint = suggestion === null ? "Say `help` for what there is." : `Did you mean \`${suggestion}\`?`;
  return refuse(actor, `There is no command "${word.slice(0, 40)}". ${hint}`);
}

const whoShownMax = 100;

export function decideWho({ actor }: Act, { online = [], worlds = [] }: Facts): Decision {
  const nameOf = new Map(worlds.map(({ id, name }) => [id, name]));
  const shown = online.slice(0, whoShownMax).map(({ characterId, characterName, username, worldId }) => ({
    id: characterId,
    name: characterName,
    username,
    world_id: worldId,
    world: nameOf.get(worldId) ?? "elsewhere",
  }));
  const lines = shown.map(
    ({ name, username, world }) => `${name}${name === username ? "" : ` (${username})`}, ${world}`,
  );
  const more = online.length > shown.length ? [`and ${online.length - shown.length} more`] : [];
  const head = online.length === 1 ? "One player is online:" : `${online.length} players are online:`;
  return answer(actor, "player_list", [head, ...lines, ...more].join("\n"), { players: shown, count: online.length });
}

const worldsShownMax = 100;

export function decideWorlds({ actor, scene }: Act, facts: Facts): Decision {
  const worlds = (facts.worlds ?? []).slice(0, worldsShownMax);
  const lines = worlds.map(
    ({ id, name, theme, shape }) => `${name} (${shape})${id === scene.place.id ? ", where you are" : ""}: ${theme}`,
  );
  return answer(actor, "info", ["There are these worlds:", ...lines, "Say `enter <name>` to go to one."].join("\n"), {
    worlds: worlds.map(({ id, name, shape, theme }) => ({ id, name, shape, theme })),
  });
}
