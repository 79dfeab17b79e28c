import { assert } from "../lib/assert.ts";

// Who eats whom, as shares of what a land could carry (1 is as many as it ever feeds): Rosenzweig & MacArthur (1963), with Holling's (1959)
// saturating appetite, any number of prey and hunters, and hunters that crowd each other (Bazykin 1998), which bounds them:
//   dnᵢ/dt = rᵢ nᵢ (1 − nᵢ/kᵢ) − Σⱼ cⱼ pⱼ nᵢ / (xⱼ + h)        xⱼ: mean n of what j eats
//   dpⱼ/dt = pⱼ (gⱼ xⱼ / (xⱼ + h) − mⱼ − qⱼ pⱼ)                qⱼ = gⱼ/(1 + h) − mⱼ, so that p = 1 is where a land full of prey leaves it
// A step of Patankar's kind (losses implicit, gains explicit) is of first order, and keeps 0 ≤ n, p ≤ 1 at any length. Plain arithmetic:
// the same bits on every engine. Index: prey first, then hunters. Cost: about 20 ns for each who eats another.

/** Half of the appetite is satisfied at this share of prey. */
const halfFull = 0.4;

export type Prey = { readonly growthPerDay: number };
export type Hunter = {
  /** Indices of prey, at least one. */
  readonly eats: readonly number[];
  /** Of a prey that is all alone, by as many hunters as the land carries. */
  readonly takePerDay: number;
  /** Growth by a full stomach, and loss by an empty one; the first more than 1 + `halfFull` times the second. */
  readonly gainPerDay: number;
  readonly hungerPerDay: number;
};
export type FoodWeb = { readonly prey: readonly Prey[]; readonly hunters: readonly Hunter[] };

/** Moves `shares_s` (prey, then hunters; each 0 … 1) on by `days`. `food_i`, 0 < k ≤ 1: what there is for each prey to live on meanwhile. */
export function stepFoodWeb(web: FoodWeb, shares_s: Float64Array, food_i: ArrayLike<number>, days: number): void {
  const { prey, hunters } = web;
  const lossPerDay_i = new Float64Array(prey.length);
  const firstHunter = prey.length;
  for (let j = 0; j < hunters.length; j++) {
    const { eats, takePerDay, gainPerDay, hungerPerDay } = hunters[j]!;
    let found = 0;
    for (const i of eats) found += shares_s[i]! / eats.length;
    const hunger = found + halfFull;
    const hunting = shares_s[firstHunter + j]!;
    for (const i of eats) lossPerDay_i[i]! += (takePerDay * hunting) / hunger;
    const crowding = gainPerDay / (1 + halfFull) - hungerPerDay;
    assert(crowding > 0, "hunters that starve in a land full of prey");
    const gain = (gainPerDay * found) / hunger;
    shares_s[firstHunter + j] = (hunting * (1 + days * gain)) / (1 + days * (hungerPerDay + crowding * hunting));
  }
  for (let i = 0; i < prey.length; i++) {
    const { growthPerDay } = prey[i]!;
    const n = shares_s[i]!;
    const loss = (growthPerDay * n) / food_i[i]! + lossPerDay_i[i]!;
    shares_s[i] = (n * (1 + days * growthPerDay)) / (1 + days * loss);
  }
}
