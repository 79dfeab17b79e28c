import { getRandomValues, randomUUID } from "node:crypto";
import type { Entropy } from "#core/ports/system.ts";

export const systemEntropy: Entropy = {
  uuid: () => randomUUID(),
  uint32: () => getRandomValues(new Uint32Array(1))[0]!,
};
