import { secondaryOf } from "../character/attributes.ts";
import type { StateUpdate } from "../protocol/frames-out.ts";
import type { Body, Gait } from "./model.ts";

/** Stamina for each metre. */
export const staminaPerMetre: Readonly<Record<Gait, number>> = { walk: 1, run: 2, sneak: 1.5 };

export function staminaMax(body: Body): number {
  return body.attributes === null ? 0 : secondaryOf(body.attributes).Stamina;
}

/** Points a game second: an average body is rested after three minutes. */
function staminaPerSecond(body: Body): number {
  return body.attributes === null ? 0 : body.attributes.Endurance / 20;
}

export function staminaAt(body: Body, gameMs: number): number {
  const rested = Math.max(0, gameMs - body.stamina.atGameMs) / 1000;
  return Math.min(staminaMax(body), body.stamina.value + rested * staminaPerSecond(body));
}

export function stateUpdate(body: Body, gameMs: number): StateUpdate {
  const secondary = body.attributes === null ? null : secondaryOf(body.attributes);
  return {
    hp: secondary?.HP ?? 0,
    maxHP: secondary?.HP ?? 0,
    stamina: Math.floor(staminaAt(body, gameMs)),
    maxStamina: secondary?.Stamina ?? 0,
    focus: secondary?.Focus ?? 0,
    maxFocus: secondary?.Focus ?? 0,
    position: body.position,
    inventory: [],
    equipment: { head: null, chest: null, legs: null, feet: null, mainHand: null, offHand: null },
    visibleTiles: [],
    stats: { ...body.attributes },
  };
}
