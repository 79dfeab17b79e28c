import type { Item } from "../../../protocol/life.ts";
import { diceOf } from "../../dice.ts";
import { attempt } from "../../learn.ts";
import type { LifeEvent, Portion } from "../../life-events.ts";
import type { Body } from "../../model.ts";
import { type Act, answer, type Decision, type Telling, telling } from "../../scene.ts";
import { round } from "../../space.ts";
import { kinds, type KindId, type Tool } from "../../things/kinds.ts";
import { idsOf, made } from "../../things/make.ts";
import { countedName, listOf, pluralOf } from "../../things/names.ts";
import { wantedIn } from "../../things/pick.ts";
import { type Recipe, recipes } from "../../things/recipes.ts";
import { loadKg, loadMaxKg, weightKg } from "../../things/weight.ts";
import { staminaAt } from "../../vitals.ts";
import { listed } from "../../words.ts";
import { fitsAmong, heldBy, looseOf, portionOf, seen } from "./hands.ts";
import { toolFor, useOf } from "./tools.ts";

const staminaCost = 8;

export function decideCraft(act: Act): Decision {
  const { actor, rest } = act;
  const { words } = wantedIn(rest);
  if (words === "") return answer(actor, "info", possible(actor));
  if (words === "list" || words === "recipes") return answer(actor, "info", everything());
  const recipe = recipeNamed(words);
  if (recipe === null)
    return fail(actor, `Nobody here knows how to make "${words.slice(0, 40)}". \`craft list\` tells what can be made.`);
  const lacking = lackingFor(actor, recipe);
  if (lacking.length > 0) return fail(actor, `To make ${listOf([outcome(recipe)])} you still need ${listed(lacking)}.`);
  return make(act, recipe);
}

/** It is no error of the player's words: clients show it where crafting is. */
function fail(actor: Body, text: string): Decision {
  return answer(actor, "crafting_error", text);
}

function recipeNamed(words: string): Recipe | null {
  const named = (fits: (name: string) => boolean) =>
    recipes.find(({ makes }) => fits(kinds[makes].name) || fits(pluralOf(kinds[makes])));
  return (
    named((name) => name === words) ??
    named((name) => name.startsWith(words)) ??
    named((name) => name.split(" ").includes(words)) ??
    null
  );
}

const outcome = ({ makes, count = 1 }: Recipe) => ({ kind: makes, count });
const parts = ({ of }: Recipe) => Object.entries(of) as [KindId, number][];
/** What is worn down is not broken up for parts, nor is what is worn. */
const usable = (actor: Body, kind: KindId): readonly Item[] =>
  looseOf(actor).filter((item) => item.kind === kind && item.wear === undefined);
const countOf = (items: readonly Item[]): number => items.reduce((sum, { count }) => sum + count, 0);

function lackingFor(actor: Body, recipe: Recipe): string[] {
  const things = parts(recipe).flatMap(([kind, count]) => {
    const missing = count - countOf(usable(actor, kind));
    return missing > 0 ? [missing === 1 ? listOf([{ kind, count: 1 }]) : countedName({ kind, count: missing })] : [];
  });
  return [...things, ...(recipe.with ?? []).flatMap((tool) => (toolFor(actor, tool) ? [] : [toolWords(tool)]))];
}

const toolWords = (tool: Tool): string => (tool === "axe" ? "an axe to work with" : `a ${tool} to work with`);

function possible(actor: Body): string {
  const now = recipes
    .filter((recipe) => lackingFor(actor, recipe).length === 0)
    .map((recipe) => kinds[recipe.makes].name);
  if (now.length === 0)
    return "Of what you carry you can make nothing now. `craft list` tells what can be made, and of what.";
  return `Of what you carry you could make: ${now.join(", ")}. Say \`craft ${now[0]}\`.`;
}

function everything(): string {
  return recipes
    .map((recipe) => {
      const things = listOf(parts(recipe).map(([kind, count]) => ({ kind, count })));
      const tools = recipe.with
        ? ` with ${listed(recipe.with.map((tool) => (tool === "axe" ? "an axe" : `a ${tool}`)))}`
        : "";
      return `${countedName(outcome(recipe))}: of ${things}${tools} (${recipe.skill})`;
    })
    .join("\n");
}

function make(act: Act, recipe: Recipe): Decision {
  const { scene, actor } = act;
  const nextId = idsOf(scene);
  const item = made(recipe.makes, nextId(), recipe.count);
  const spent = parts(recipe).flatMap(([kind, count]) => portionsOf(usable(actor, kind), count, nextId));
  const heavier =
    weightKg([item]) - parts(recipe).reduce((sum, [kind, count]) => sum + kinds[kind].weightKg * count, 0);
  if (heavier > 0 && loadKg(actor) + heavier > loadMaxKg(actor)) return fail(actor, "You could not carry it.");
  if (!fitsAmong(heldBy(actor), item)) return fail(actor, "You have your hands full.");
  const stamina = staminaAt(actor, scene.gameMs);
  if (stamina < staminaCost) return fail(actor, "You are too exhausted for that. Rest a while.");

  const { skill, difficulty } = recipe;
  const tried = attempt(scene, actor, { skill, action: `craft ${recipe.makes}`, difficulty }, diceOf(act));
  const tools = (recipe.with ?? []).flatMap((tool) => toolFor(actor, tool) ?? []);
  const used = tools.map((tool) => useOf(actor, tool, nextId));
  const crafted: LifeEvent = tried.isSuccess
    ? { type: "crafted", characterId: actor.id, recipe: recipe.makes, spent, item }
    : { type: "crafted", characterId: actor.id, recipe: recipe.makes, spent: spoilt(spent, nextId) };
  const worn = used.flatMap(({ events }) => events);
  const events: LifeEvent[] = [
    { type: "tired", characterId: actor.id, stamina: { value: round(stamina - staminaCost), atGameMs: scene.gameMs } },
    ...worn,
    crafted,
    tried.event,
  ];
  const broken = used.map(({ text }) => text).join("");
  return {
    events,
    tell: () => [
      told(actor, recipe, tried.isSuccess, broken),
      ...tried.told,
      ...seen(scene, actor, doing(actor, recipe, tried.isSuccess)),
    ],
  };
}

function told(actor: Body, recipe: Recipe, isSuccess: boolean, broken: string): Telling {
  const about = { recipe: recipe.makes, skill: recipe.skill, quantity: isSuccess ? (recipe.count ?? 1) : 0 };
  if (isSuccess) return telling(actor.id, "crafting_success", `You make ${listOf([outcome(recipe)])}.${broken}`, about);
  const [[kind] = ["stone"]] = parts(recipe);
  return telling(
    actor.id,
    "crafting_error",
    `It comes to nothing, and ${listOf([{ kind, count: 1 }])} is spoilt.${broken}`,
    about,
  );
}

const doing = (actor: Body, recipe: Recipe, isSuccess: boolean): string =>
  isSuccess
    ? `${actor.name} makes ${listOf([outcome(recipe)])}.`
    : `${actor.name} works at something that comes to nothing.`;

function portionsOf(items: readonly Item[], count: number, nextId: () => Item["id"]): Portion[] {
  const portions: Portion[] = [];
  let left = count;
  for (const item of items) {
    const some = Math.min(left, item.count);
    if (some > 0) portions.push(portionOf({ item, count: some }, nextId));
    left -= some;
  }
  return portions;
}

/** A failure costs one of the first part; the rest is kept. */
function spoilt([first]: readonly Portion[], nextId: () => Item["id"]): Portion[] {
  if (first === undefined) return [];
  return [first.count === 1 ? first : { itemId: first.itemId, count: 1, asId: first.asId ?? nextId() }];
}
