import { bare, bodyNamed, featureNamed, npcNamed } from "../find.ts";
import { npcsInSight } from "../inhabitants/describe.ts";
import { featuresInSight } from "../describe.ts";
import { diceOf } from "../dice.ts";
import { others } from "../fights/tell.ts";
import { challengeMs, guardMs, strikeReachM } from "../fights/rules.ts";
import { weaponOf } from "../fights/stroke.ts";
import { attempt } from "../learn.ts";
import type { LifeEvent } from "../life-events.ts";
import type { Body } from "../model.ts";
import { inSight } from "../perception.ts";
import { type Act, type Decision, refuse, telling } from "../scene.ts";
import { distanceM, round } from "../space.ts";
import { staminaAt } from "../vitals.ts";
import { seen } from "./things/hands.ts";

/** From the word to the first stroke, game time: the one who was attacked has as long, and half again. */
const firstStrikeMs = 500;
const answeringStrikeMs = 1250;
const fleeStamina = 10;

export function decideAttack(act: Act): Decision {
  const { scene, actor } = act;
  const target = targetOf(act);
  if ("tell" in target) return target;
  const why = whyNot(act, target);
  if (why !== null) return refuse(actor, why);
  if (isAgreed(act, target)) return begin(act, target);
  if (target.challenge?.fromId === actor.id && target.challenge.untilMs > scene.nowMs)
    return refuse(actor, `You have asked ${target.name} already.`);
  const about = { attacker_id: actor.id, target_id: target.id };
  return {
    events: [
      { type: "challenged", characterId: actor.id, toCharacterId: target.id, untilMs: scene.nowMs + challengeMs },
    ],
    tell: () => [
      telling(actor.id, "combat", `You challenge ${target.name}. They have a minute to take it up.`, about),
      telling(
        target.id,
        "combat",
        `${actor.name} challenges you to a fight. Say \`attack ${actor.name}\` within a minute to take it up, or do nothing.`,
        about,
      ),
      ...others(scene, actor, target, `${actor.name} challenges ${target.name} to a fight.`),
    ],
  };
}

/** By name; without one whoever challenged last. */
function targetOf({ scene, actor, rest }: Act): Body | Decision {
  const { challenge, fight } = actor;
  if (rest === "") {
    const asking = challenge && challenge.untilMs > scene.nowMs ? scene.state.bodies.get(challenge.fromId) : undefined;
    if (asking) return asking;
    const against = fight && scene.state.bodies.get(fight.targetId);
    return refuse(actor, against ? `You are fighting ${against.name} already.` : "Attack whom? Try `attack Ana`.");
  }
  if (["me", "self", "myself"].includes(bare(rest))) return refuse(actor, "You would only hurt yourself.");
  const near = inSight(scene, actor);
  const found = bodyNamed(near, rest);
  if (found) return found;
  const npc = npcNamed(npcsInSight(scene, actor), rest);
  if (npc) return refuse(actor, `${npc.person.name} will not fight you, and nobody here would stand by.`);
  const feature = featureNamed(featuresInSight(scene, actor), rest);
  return refuse(
    actor,
    feature ? `The ${feature.name} would not notice.` : `You see nobody called "${rest.slice(0, 40)}" here.`,
  );
}

function whyNot({ scene, actor }: Act, target: Body): string | null {
  if (actor.fight?.targetId === target.id) return `You are fighting ${target.name} already.`;
  if (target.attributes === null) return "There is nobody to fight.";
  if (target.downUntilGameMs !== undefined) return `${target.name} lies senseless. Leave it be.`;
  if (target.linkLostAtMs !== null) return `${target.name} stares into the distance. That would be no fight.`;
  if (distanceM(scene.place.spec, actor.position, target.position) > strikeReachM)
    return `${target.name} is out of reach. Go nearer first.`;
  return null;
}

/** Players fight only players who want to, unless the world is one where that is not asked. */
function isAgreed({ scene, actor }: Act, target: Body): boolean {
  if (scene.place.spec.isLawless === true || target.fight?.targetId === actor.id) return true;
  const { challenge } = actor;
  return challenge?.fromId === target.id && challenge.untilMs > scene.nowMs;
}

function begin({ scene, actor }: Act, target: Body): Decision {
  const at = scene.gameMs;
  const events: LifeEvent[] = [
    { type: "fightBegan", characterId: actor.id, targetId: target.id, strikeAtGameMs: at + firstStrikeMs },
  ];
  if (target.fight === undefined)
    events.push({
      type: "fightBegan",
      characterId: target.id,
      targetId: actor.id,
      strikeAtGameMs: at + answeringStrikeMs,
    });
  const about = { attacker_id: actor.id, target_id: target.id };
  const weapon = weaponOf(actor).name;
  return {
    events,
    tell: () => [
      telling(actor.id, "combat", `You go for ${target.name} with your ${weapon}.`, about),
      telling(
        target.id,
        "combat",
        `${actor.name} goes for you. Say \`defend\` to guard yourself, \`flee\` to get away.`,
        about,
      ),
      ...others(scene, actor, target, `${actor.name} and ${target.name} begin to fight.`),
    ],
  };
}

export function decideDefend({ scene, actor }: Act): Decision {
  if (!isFighting(scene, actor)) return refuse(actor, "Nobody is fighting you.");
  return {
    events: [{ type: "guarded", characterId: actor.id, untilGameMs: scene.gameMs + guardMs }],
    tell: () => [
      telling(actor.id, "combat", "You raise your guard for a few seconds."),
      ...seen(scene, actor, `${actor.name} raises a guard.`),
    ],
  };
}

export function decideFlee(act: Act): Decision {
  const { scene, actor } = act;
  if (!isFighting(scene, actor)) return refuse(actor, "There is no fight to flee from.");
  const stamina = staminaAt(actor, scene.gameMs);
  if (stamina < fleeStamina) return refuse(actor, "You are too exhausted to run.");
  const tried = attempt(scene, actor, { skill: "Dodge", action: "flee", difficulty: "fair" }, diceOf(act));
  const tired: LifeEvent = {
    type: "tired",
    characterId: actor.id,
    stamina: { value: round(stamina - fleeStamina), atGameMs: scene.gameMs },
  };
  if (!tried.isSuccess)
    return {
      events: [tired, tried.event],
      tell: () => [telling(actor.id, "combat", "You try to get away, and cannot."), ...tried.told],
    };
  const against = [...scene.state.bodies.values()].filter(
    ({ id, fight }) => id !== actor.id && fight?.targetId === actor.id,
  );
  const over = [...(actor.fight ? [actor] : []), ...against];
  return {
    events: [tired, tried.event, ...over.map(({ id }): LifeEvent => ({ type: "fightEnded", characterId: id }))],
    tell: () => [
      telling(actor.id, "combat", "You get away. The fight is over; put some distance between you."),
      ...tried.told,
      ...seen(scene, actor, `${actor.name} breaks away from the fight.`),
    ],
  };
}

function isFighting({ state }: Act["scene"], actor: Body): boolean {
  return actor.fight !== undefined || [...state.bodies.values()].some(({ fight }) => fight?.targetId === actor.id);
}
