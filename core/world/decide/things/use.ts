import type { ThingEvent } from "../../life-events.ts";
import { type Act, type Decision, refuse, telling } from "../../scene.ts";
import { round } from "../../space.ts";
import { kindOf } from "../../things/kinds.ts";
import { idsOf } from "../../things/make.ts";
import { aName } from "../../things/names.ts";
import { healthAt, healthMax, staminaAt, staminaMax } from "../../vitals.ts";
import { decideOpen } from "./containers.ts";
import { chosen, heldBy, isRefused, portionOf, seen } from "./hands.ts";

export function decideUse(act: Act): Decision {
  const { scene, actor } = act;
  if (act.rest === "") return refuse(actor, "Use what? Try `use salve` or `eat bread`.");
  const found = chosen(actor, heldBy(actor), act.rest, (words) => `You have no "${words}".`);
  if (isRefused(found)) return found;
  const item = found[0]?.item;
  if (!item) return refuse(actor, "One thing at a time.");
  const kind = kindOf(item);
  if (item.contents !== undefined) return decideOpen(act);
  if (!kind.restores) return refuse(actor, howElse(kind));

  const { verb, health = 0, stamina = 0 } = kind.restores;
  const before = { health: healthAt(actor, scene.gameMs), stamina: staminaAt(actor, scene.gameMs) };
  const after = {
    health: Math.min(healthMax(actor), before.health + health),
    stamina: Math.min(staminaMax(actor), before.stamina + stamina),
  };
  const gained = {
    health: Math.floor(after.health - before.health),
    stamina: Math.floor(after.stamina - before.stamina),
  };
  if (gained.health < 1 && gained.stamina < 1)
    return refuse(actor, `You are well enough as you are. The ${kind.name} keeps for later.`);
  const event: ThingEvent = {
    type: "consumed",
    characterId: actor.id,
    portion: portionOf({ item, count: 1 }, idsOf(scene)),
    ...(gained.health > 0 && { health: { value: round(after.health), atGameMs: scene.gameMs } }),
    ...(gained.stamina > 0 && { stamina: { value: round(after.stamina), atGameMs: scene.gameMs } }),
  };
  const name = aName({ kind: item.kind, count: 1 });
  const effects = [
    ...(gained.health > 0 ? [`health ${gained.health}`] : []),
    ...(gained.stamina > 0 ? [`stamina ${gained.stamina}`] : []),
  ];
  return {
    events: [event],
    tell: () => [
      telling(actor.id, "action", `You ${verb} ${name}. It gives you ${effects.join(" and ")}.`, { gained }),
      ...seen(scene, actor, `${actor.name} ${third[verb]} ${name}.`),
    ],
  };
}

const third = { eat: "eats", drink: "drinks", apply: "applies" } as const;

function howElse({ name, slots, tool }: ReturnType<typeof kindOf>): string {
  if (tool !== undefined) return `The ${name} is a tool: it is used by \`gather\` and \`craft\` while you have it.`;
  if (slots !== undefined) return `The ${name} is worn or held: say \`equip ${name}\`.`;
  return `There is nothing that the ${name} could be used for as it is. Perhaps \`craft\` knows.`;
}
