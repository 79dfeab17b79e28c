import { secondaryOf } from "../../../character/attributes.ts";
import { levelMax, skillsOf, xpOfLevel } from "../../../character/skills.ts";
import { attributeNames, skillCategories } from "../../../protocol/character.ts";
import type { Item, Slot } from "../../../protocol/life.ts";
import type { Body } from "../../model.ts";
import { type Act, answer, type Decision } from "../../scene.ts";
import { kindOf } from "../../things/kinds.ts";
import { aName } from "../../things/names.ts";
import { equipmentOf, inventoryOf } from "../../things/on-wire.ts";
import { burdenFactor, easyLoadKg, loadKg, loadMaxKg } from "../../things/weight.ts";
import { healthAt, staminaAt } from "../../vitals.ts";
import { listed } from "../../words.ts";
import { heldBy, looseOf } from "./hands.ts";

const onBody: Readonly<Record<Slot, string>> = {
  head: "on your head",
  chest: "on your body",
  legs: "on your legs",
  feet: "on your feet",
  mainHand: "in your main hand",
  offHand: "in your off hand",
};

export function decideInventory({ actor }: Act): Decision {
  if (actor.attributes === null) return answer(actor, "info", "You only watch here, and carry nothing.");
  const items = heldBy(actor);
  const worn = items.flatMap((item) => (item.slot ? [`${aName(item)}${state(item)} ${onBody[item.slot]}`] : []));
  const loose = looseOf(actor).map((item) => `${aName(item)}${state(item)}${inside(item)}`);
  const lines = [
    worn.length > 0 ? `You wear and hold: ${listed(worn)}.` : "You wear nothing and hold nothing.",
    loose.length > 0 ? `You carry: ${listed(loose)}.` : "You carry nothing else.",
    loadWords(actor),
  ];
  return answer(actor, "info", lines.join("\n"), { inventory: inventoryOf(items), equipment: equipmentOf(items) });
}

function state(item: Item): string {
  const { durability } = kindOf(item);
  const left = durability === undefined ? 1 : 1 - (item.wear ?? 0) / durability;
  return left < 0.25 ? " (nearly broken)" : left < 0.6 ? " (worn)" : "";
}

function inside({ contents }: Item): string {
  if (contents === undefined) return "";
  return contents.length === 0 ? " (empty)" : ` (with ${listed(contents.map(aName))})`;
}

const kg = (weight: number): string => `${Math.round(weight * 10) / 10}`;

function loadWords(actor: Body): string {
  const burden = burdenFactor(actor);
  const text = `That is ${kg(loadKg(actor))} kg; up to ${kg(easyLoadKg(actor))} kg are easy, more than ${kg(loadMaxKg(actor))} kg too much.`;
  return burden <= 1 ? text : `${text} Each step costs you ${Math.round((burden - 1) * 100)} % more.`;
}

export function decideStatus({ scene, actor }: Act): Decision {
  if (actor.attributes === null)
    return answer(actor, "info", `You are ${actor.name}, a watcher, and have no body here.`);
  const { attributes } = actor;
  const most = secondaryOf(attributes);
  const now = { hp: Math.floor(healthAt(actor, scene.gameMs)), stamina: Math.floor(staminaAt(actor, scene.gameMs)) };
  const lines = [
    `You are ${actor.name}, ${actor.species}.`,
    `Health ${now.hp} of ${most.HP}, stamina ${now.stamina} of ${most.Stamina}, focus ${most.Focus}, mana ${most.Mana}, nerve ${most.Nerve}.`,
    `${listed(attributeNames.map((name) => `${name} ${attributes[name]}`))}.`,
    `You carry ${kg(loadKg(actor))} kg of ${kg(easyLoadKg(actor))} that are easy.`,
    ...(actor.fight ? [fightWords(scene.state.bodies.get(actor.fight.targetId)?.name)] : []),
    ...(actor.downUntilGameMs === undefined ? [] : ["You lie senseless."]),
  ];
  return answer(actor, "info", lines.join("\n"), { ...now, maxHP: most.HP, maxStamina: most.Stamina, attributes });
}

const fightWords = (name = "nobody"): string => `You are fighting ${name}.`;

export function decideSkills({ actor }: Act): Decision {
  if (actor.attributes === null) return answer(actor, "info", "Watchers learn nothing.");
  const skills = skillsOf(actor.life?.xp ?? {});
  const lines = Object.entries(skillCategories).map(([category, names]) => {
    const each = names.map((name) => {
      const { level, xp } = skills[name];
      const missing = Math.ceil(xpOfLevel(level + 1) - xp);
      return xp === 0
        ? `${name} 0`
        : level === levelMax
          ? `${name} ${level}`
          : `${name} ${level} (${missing} XP to ${level + 1})`;
    });
    return `${category}: ${each.join(", ")}.`;
  });
  return answer(actor, "info", lines.join("\n"), { skills });
}
