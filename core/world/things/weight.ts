import type { Item } from "../../protocol/life.ts";
import type { Body } from "../model.ts";
import { kindOf } from "./kinds.ts";

/** Stacks that one can keep track of, what is worn among them. */
export const stacksMax = 60;
/** Of one pile. */
export const pileMax = 9999;

export function weightKg(items: readonly Item[]): number {
  let sum = 0;
  for (const item of items) {
    sum += kindOf(item).weightKg * item.count;
    if (item.contents) sum += weightKg(item.contents);
  }
  return sum;
}

export const loadKg = ({ life }: Body): number => weightKg(life?.items ?? []);

/** What one carries all day: 0.6 kg for each point of Might, 30 kg for most. */
export const easyLoadKg = ({ attributes }: Body): number => 0.6 * (attributes?.Might ?? 0);

/** More than twice that nobody takes up. */
export const loadMaxKg = (body: Body): number => 2 * easyLoadKg(body);

/** How much more each metre costs: nothing up to the easy load, twice as much under the greatest. */
export function burdenFactor(body: Body): number {
  const easy = easyLoadKg(body);
  if (easy === 0) return 1;
  return 1 + Math.min(1, Math.max(0, loadKg(body) / easy - 1));
}
