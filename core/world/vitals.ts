import { secondaryOf } from "../character/attributes.ts";
import type { StateUpdate } from "../protocol/frames-out.ts";
import type { Body } from "./model.ts";
import { equipmentOf, inventoryOf } from "./things/on-wire.ts";

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

export function healthMax(body: Body): number {
  return body.attributes === null ? 0 : secondaryOf(body.attributes).HP;
}

/** Points a game second: nearly dead to whole takes an average body seventeen minutes of the world's time. */
function healthPerSecond(body: Body): number {
  return body.attributes === null ? 0 : body.attributes.Vitality / 100;
}

/** Nothing comes back to who is without senses. */
export function healthAt(body: Body, gameMs: number): number {
  const max = healthMax(body);
  if (body.health === undefined || body.downUntilGameMs !== undefined) return Math.min(max, body.health?.value ?? max);
  const healed = Math.max(0, gameMs - body.health.atGameMs) / 1000;
  return Math.min(max, body.health.value + healed * healthPerSecond(body));
}

export function stateUpdate(body: Body, gameMs: number): StateUpdate {
  const secondary = body.attributes === null ? null : secondaryOf(body.attributes);
  const items = body.life?.items ?? [];
  return {
    hp: Math.floor(healthAt(body, gameMs)),
    maxHP: secondary?.HP ?? 0,
    stamina: Math.floor(staminaAt(body, gameMs)),
    maxStamina: secondary?.Stamina ?? 0,
    focus: secondary?.Focus ?? 0,
    maxFocus: secondary?.Focus ?? 0,
    position: body.position,
    inventory: inventoryOf(items),
    equipment: equipmentOf(items),
    visibleTiles: [],
    stats: { ...body.attributes },
  };
}
