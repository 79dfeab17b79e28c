import { singleLine } from "../../lib/text.ts";
import { unfounded } from "./claims.ts";
import type { Scenery } from "./scenery.ts";

export const proseCharsMin = 40;
export const proseCharsMax = 700;

/** What a model has written, as it may be told; null where it is not prose, or speaks of what is not there. */
export function accepted(text: string, { ground, sky, air }: Scenery): string | null {
  const prose = singleLine(text).replace(/^["“](.*)["”]$/u, "$1");
  if (prose.length < proseCharsMin || prose.length > proseCharsMax) return null;
  const isProse = /^\p{Lu}.*[.!?…]$/u.test(prose) && !/[‹›`*_#{}[\]|\\]|https?:|www\./u.test(prose);
  // The mood is no fact: it speaks of mornings at night.
  return isProse && unfounded(prose, [ground, sky, air].join(" ")).length === 0 ? prose : null;
}
