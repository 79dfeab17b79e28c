import * as z from "zod";
import type { ItemId } from "../lib/ids.ts";
import { skillCategories, type SkillName } from "./character.ts";

/** Where something is worn or held. */
export const slots = ["head", "chest", "legs", "feet", "mainHand", "offHand"] as const;
export type Slot = (typeof slots)[number];

/** One thing, or a pile of things of which each is like the other. */
export type Item = {
  readonly id: ItemId;
  /** A key of the table of kinds (`core/world/things/kinds.ts`); one that is not there any more is still somebody's. */
  readonly kind: string;
  readonly count: number;
  /** How often it was used; absent while it is new. */
  readonly wear?: number;
  /** Absent of what is not worn. */
  readonly slot?: Slot;
  /** Only of a container, and always there. What is in one is no container. */
  readonly contents?: readonly Item[];
};

/** The same action lately: again within a minute it teaches less. */
export type Practice = { readonly action: string; readonly times: number; readonly atMs: number };

/** How far somebody has come with the first hints. */
export type Guide = {
  readonly isOn: boolean;
  /** Names of steps (`core/world/guide.ts`). */
  readonly done: readonly string[];
  /** Those whose hint was told: none is told twice unless asked for. */
  readonly told: readonly string[];
};

/** What a character has with it and has learnt, wherever it goes. */
export type Life = {
  readonly items: readonly Item[];
  /** All XP ever earned with a skill; without an entry none. */
  readonly xp: Readonly<Partial<Record<SkillName, number>>>;
  readonly practice: readonly Practice[];
  /** Absent of who came before there was a guide. */
  readonly guide?: Guide;
};

const itemId = z.string().min(1).max(200) as unknown as z.ZodType<ItemId>;
const contained = z.object({
  id: itemId,
  kind: z.string(),
  count: z.int().min(1),
  wear: z.exactOptional(z.int()),
  slot: z.exactOptional(z.enum(slots)),
});
const item: z.ZodType<Item> = contained.extend({ contents: z.exactOptional(z.array(contained)) });
const skillName = z.enum(Object.values(skillCategories).flat());

export const life: z.ZodType<Life> = z.object({
  items: z.array(item),
  xp: z.partialRecord(skillName, z.number()),
  practice: z.array(z.object({ action: z.string(), times: z.int(), atMs: z.number() })),
  guide: z.exactOptional(
    z.object({ isOn: z.boolean(), done: z.array(z.string()).max(64), told: z.array(z.string()).max(64) }),
  ),
});

export const emptyLife: Life = { items: [], xp: {}, practice: [] };
