import type { CharacterId } from "../lib/ids.ts";
import type { InputOf, WorldInput } from "../protocol/world-input.ts";

export const repeatSign = "!";
/** More characters than are ever awake in one world. */
export const rememberedMax = 4096;

export const isRepeat = (text: string): boolean => text.trim() === repeatSign;

/**
 * What each character typed last, for `!`. It is no part of a world's state: its next owner remembers nothing, and says so. An input is
 * spelled out once, before anything is looked up for it, so that whoever has to do it later does the same.
 */
export function lastLines() {
  const lines = new Map<CharacterId, string>();
  const remember = ({ characterId, text }: InputOf<"command">): void => {
    lines.delete(characterId);
    lines.set(characterId, text);
    if (lines.size > rememberedMax) lines.delete(lines.keys().next().value!);
  };
  return {
    spelledOut(input: WorldInput): WorldInput {
      if (input.type !== "command") return input;
      if (isRepeat(input.text)) return { ...input, text: lines.get(input.characterId) ?? input.text };
      if (input.text.trim() !== "") remember(input);
      return input;
    },
  };
}
