import type { StateUpdate } from "#core/protocol/frames-out.ts";
import type { WorldDetailResponse } from "#core/protocol/world.ts";
import { harmless, widthOf } from "./text.ts";

type Told = {
  readonly world: WorldDetailResponse | null;
  readonly vitals: StateUpdate | null;
  /** What is typed now is kept, and not heard yet. */
  readonly isOffline: boolean;
};

const two = (value: number): string => String(value).padStart(2, "0");

/** How one is, before the line one types: the most urgent first, and room for a line is left. */
export function statusPrompt({ world, vitals, isOffline }: Told, columns: number): string {
  const parts = [
    ...(isOffline ? ["offline"] : []),
    ...(vitals === null
      ? []
      : [`HP ${Math.round(vitals.hp)}/${vitals.maxHP}`, `Stamina ${Math.round(vitals.stamina)}/${vitals.maxStamina}`]),
    ...(world === null
      ? []
      : [
          `${harmless(world.name)} ${two(world.sky.hour)}:${two(world.sky.minute)}`,
          ...(world.clock.is_paused ? ["time stands still"] : []),
        ]),
  ];
  let prompt = "";
  for (const part of parts) {
    const next = prompt === "" ? part : `${prompt} | ${part}`;
    if (widthOf(next) > (2 * columns) / 3) break;
    prompt = next;
  }
  return prompt === "" ? "> " : `${prompt} > `;
}
