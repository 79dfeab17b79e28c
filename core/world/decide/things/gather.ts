import type { SkillName } from "../../../protocol/character.ts";
import { diceOf } from "../../dice.ts";
import { attempt } from "../../learn.ts";
import type { LifeEvent } from "../../life-events.ts";
import { type Act, answer, type Decision, refuse, telling } from "../../scene.ts";
import { round } from "../../space.ts";
import { kinds } from "../../things/kinds.ts";
import { idsOf, made } from "../../things/make.ts";
import { listOf, pluralOf } from "../../things/names.ts";
import { type Patch, patchesAt } from "../../things/patches.ts";
import { loadKg, loadMaxKg, weightKg } from "../../things/weight.ts";
import { staminaAt } from "../../vitals.ts";
import { listed } from "../../words.ts";
import { fitsAmong, heldBy, seen } from "./hands.ts";
import { toolFor, useOf } from "./tools.ts";

/** What the land gives here; with `skill` only what falls to it. */
export function decideGather(act: Act, skill: SkillName | null = null): Decision {
  const { scene, actor } = act;
  if (actor.isFlying) return refuse(actor, "You are in the air. `fly down` takes you to the ground.");
  const here = patchesAt(scene, actor.position).filter(({ source }) => skill === null || source.skill === skill);
  const words = act.rest
    .toLowerCase()
    .replace(/^(?:some|the|for|a|an|any)\s+/u, "")
    .trim();
  if (words === "" && skill === null) return answer(actor, "info", whatIsHere(here));
  const meant = words === "" ? here : here.filter((patch) => isMeant(patch, words));
  if (meant.length === 0)
    return refuse(
      actor,
      `${words === "" ? "There is nothing of that kind" : `There is no "${words.slice(0, 40)}"`} here. ${whatIsHere(here)}`,
    );
  const growing = meant.filter(({ left }) => left > 0);
  if (growing.length === 0)
    return refuse(actor, "All of it is gone from here for now. It grows again, or look some steps away.");
  const able = growing.find(({ source }) => source.tool === undefined || toolFor(actor, source.tool) !== null);
  const [first] = growing;
  if (!able) return refuse(actor, `For that you need ${needed(first)}.`);
  return take(act, able);
}

/** Whole names before beginnings: "stone" is no stone axe. */
function isMeant({ source }: Patch, words: string): boolean {
  const { name } = kinds[source.gives];
  return [source.id, name, pluralOf(kinds[source.gives]), ...(source.words ?? [])].includes(words);
}

const needed = (patch: Patch | undefined): string => {
  const tool = patch?.source.tool ?? "tool";
  return tool === "rod" ? "a fishing rod" : /^[aeiou]/u.test(tool) ? `an ${tool}` : `a ${tool}`;
};

function whatIsHere(here: readonly Patch[]): string {
  const found = here.filter(({ left }) => left > 0);
  if (found.length === 0) return "The land gives nothing here now.";
  const each = found.map((patch) => {
    const name = pluralOf(kinds[patch.source.gives]);
    return patch.source.tool === undefined ? name : `${name} (with ${needed(patch)})`;
  });
  return `Here you could gather ${listed(each)}.`;
}

function take(act: Act, patch: Patch): Decision {
  const { scene, actor } = act;
  const { source } = patch;
  const nextId = idsOf(scene);
  const gain = [source.gives, ...(source.besides ?? [])].map((kind) => made(kind, nextId()));
  if (loadKg(actor) + weightKg(gain) > loadMaxKg(actor)) return refuse(actor, "You could not carry any more of it.");
  if (gain.some((item) => !fitsAmong(heldBy(actor), item))) return refuse(actor, "You have your hands full.");
  const stamina = staminaAt(actor, scene.gameMs);
  if (stamina < source.stamina) return refuse(actor, "You are too exhausted for that. Rest a while.");

  const { skill, difficulty } = source;
  const tried = attempt(scene, actor, { skill, action: `gather ${source.id}`, difficulty }, diceOf(act));
  const tool = source.tool === undefined ? null : toolFor(actor, source.tool);
  const used = tool === null ? null : useOf(actor, tool, nextId);
  const from = { patch: patch.key, taken: patch.missing + 1, atGameMs: scene.gameMs };
  const events: LifeEvent[] = [
    {
      type: "tired",
      characterId: actor.id,
      stamina: { value: round(stamina - source.stamina), atGameMs: scene.gameMs },
    },
    ...(tried.isSuccess
      ? gain.map((item): LifeEvent => ({ type: "gathered", characterId: actor.id, item, from }))
      : []),
    ...(used?.events ?? []),
    tried.event,
  ];
  const things = listOf(gain);
  const text = tried.isSuccess ? `You gather ${things}.` : failed[skill];
  return {
    events,
    tell: () => [
      telling(actor.id, "action", `${text}${used?.text ?? ""}`, { skill, success: tried.isSuccess }),
      ...tried.told,
      ...seen(
        scene,
        actor,
        tried.isSuccess ? `${actor.name} gathers ${things}.` : `${actor.name} looks for something and finds nothing.`,
      ),
    ],
  };
}

const failed = {
  Herbalism: "You look about for a while and find nothing that is any good.",
  Logging: "The wood will not come loose.",
  Mining: "It does not give way this time.",
  Hunting: "Something rustles, and is gone.",
  Fishing: "Nothing bites.",
} as const;
