import type { CharacterId } from "../../lib/ids.ts";
import { describePlace } from "../describe.ts";
import { mapOf } from "../mini-map.ts";
import type { Body } from "../model.ts";
import { witnesses } from "../perception.ts";
import { type Scene, type Telling, telling } from "../scene.ts";
import type { Position } from "../space.ts";
import { healthMax } from "../vitals.ts";
import { type Stroke, weaponOf } from "./stroke.ts";

type Outcome = Stroke & { readonly left: number; readonly isGuarding: boolean };

/** The two of them, and whoever sees it. */
export function toldOfStroke(scene: Scene, attacker: Body, target: Body, outcome: Outcome): Telling[] {
  const { isHit, damage, left, isGuarding } = outcome;
  const { name } = weaponOf(attacker);
  const about = { attacker_id: attacker.id, target_id: target.id, hit: isHit, damage };
  const shield = isGuarding ? " past the guard" : "";
  const [own, theirs, seen] = isHit
    ? [
        `You hit ${target.name}${shield} with your ${name} for ${damage}.`,
        `${attacker.name} hits you${shield} with ${name === "fists" ? "bare fists" : `a ${name}`} for ${damage}. You have ${left} of ${healthMax(target)} health left.`,
        `${attacker.name} hits ${target.name}.`,
      ]
    : [
        `You miss ${target.name}.`,
        `${attacker.name} strikes at you and misses.`,
        `${attacker.name} strikes at ${target.name} and misses.`,
      ];
  return [
    telling(attacker.id, "combat", own, about),
    telling(target.id, "combat", theirs, { ...about, hp: left }),
    ...others(scene, attacker, target, seen),
  ];
}

export function toldOfFall(scene: Scene, attacker: Body, target: Body): Telling[] {
  const about = { attacker_id: attacker.id, target_id: target.id, fallen_id: target.id };
  return [
    telling(attacker.id, "combat", `${target.name} falls senseless. The fight is over.`, about),
    telling(target.id, "combat", "Everything goes dark. You fall senseless, and will come to in a moment.", about),
    ...others(scene, attacker, target, `${target.name} falls senseless.`),
  ];
}

export function toldOfWaking(scene: Scene, body: Body, there: Position): Telling[] {
  const about = { character_id: body.id, name: body.name };
  const before = witnesses(scene, body);
  const after = witnesses(scene, { ...body, position: there }).filter(({ id }) =>
    before.every((each) => each.id !== id),
  );
  const text = "You come to where everyone begins here, sore but whole. You have all that you had.";
  return [
    telling(body.id, "combat", text, about),
    ...before.map(({ id }) => telling(id, "departure", `${body.name} is carried away.`, about)),
    ...after.map(({ id }) => telling(id, "arrival", `${body.name} is laid down here, and sits up.`, about)),
  ];
}

/** Where that is. */
export function shownOnWaking(after: Scene, id: CharacterId): Telling[] {
  const body = after.state.bodies.get(id);
  if (!body) return [];
  return [
    telling(id, "area_description", describePlace(after, body), { world_id: after.place.id }),
    { to: id, tell: { kind: "map", map: mapOf(after, body) } },
  ];
}

export function others(scene: Scene, one: Body, other: Body, text: string): Telling[] {
  return witnesses(scene, one)
    .filter(({ id }) => id !== other.id)
    .map(({ id }) => telling(id, "combat", text, { attacker_id: one.id, target_id: other.id }));
}
