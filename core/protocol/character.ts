import * as z from "zod";

export const attributeNames = [
  "Might",
  "Agility",
  "Endurance",
  "Reflexes",
  "Vitality",
  "Intellect",
  "Cunning",
  "Willpower",
  "Presence",
  "Intuition",
  "Sight",
  "Hearing",
  "Smell",
  "Taste",
  "Touch",
] as const;
export type AttributeName = (typeof attributeNames)[number];

export const skillCategories = {
  Combat: ["Slashing", "Piercing", "Bludgeoning", "Defense", "Dodge"],
  Crafting: ["Smithing", "Alchemy", "Carpentry", "Tailoring", "Cooking"],
  Gathering: ["Mining", "Herbalism", "Logging", "Hunting", "Fishing"],
  Utility: ["Perception", "Stealth", "Climbing", "Swimming", "Navigation"],
  Social: ["Persuasion", "Intimidation", "Deception", "Bartering"],
} as const;
export type SkillCategory = keyof typeof skillCategories;
export type SkillName = (typeof skillCategories)[SkillCategory][number];

export const roles = ["player", "watcher", "admin"] as const;
export type Role = (typeof roles)[number];

const shortText = z.string().max(200);
const longText = z.string().max(2000);

export const createCharacterRequest = z.object({
  world_id: z.guid().toLowerCase(),
  name: z.string().max(200),
  /** Required of players; a watcher may be anything, or leave it out. */
  species: z.string().max(50).optional(),
  role: z.enum(roles).default("player"),
  appearance: longText.optional(),
  description: longText.optional(),
  occupation: shortText.optional(),
  /** Points above the template, by attribute name. */
  attributes: z.record(z.string().max(50), z.int()).optional(),
  /** Somebody who lives there, as `entry-options` lists them: name, species and looks are theirs. */
  npc_id: z.guid().toLowerCase().optional(),
});
export type CreateCharacterRequest = z.infer<typeof createCharacterRequest>;

export const characterResponse = z.object({
  character_id: z.guid(),
  user_id: z.guid(),
  world_id: z.guid(),
  name: z.string(),
  role: z.enum(roles),
  species: z.string(),
  appearance: z.string().optional(),
  description: z.string().optional(),
  occupation: z.string().optional(),
  position_x: z.number(),
  position_y: z.number(),
  position_z: z.number(),
  orientation_x: z.number(),
  orientation_y: z.number(),
  orientation_z: z.number(),
  is_flying: z.boolean(),
  created_at: z.iso.datetime(),
  last_played: z.iso.datetime().nullable(),
});
export type CharacterResponse = z.infer<typeof characterResponse>;

const attributes = z.record(z.enum(attributeNames), z.int());
export const secondaryNames = ["HP", "Stamina", "Focus", "Mana", "Nerve"] as const;
export type SecondaryName = (typeof secondaryNames)[number];

export const createCharacterResponse = z.object({
  character: characterResponse,
  attributes: attributes.nullable(),
  secondary_attributes: z.record(z.enum(secondaryNames), z.int()).nullable(),
});
export type CreateCharacterResponse = z.infer<typeof createCharacterResponse>;

export const charactersResponse = z.object({ characters: z.array(characterResponse) });

export const joinRequest = z.object({ character_id: z.guid().toLowerCase() });
export const joinResponse = z.object({ character: characterResponse, world_id: z.guid(), message: z.string() });
export type JoinResponse = z.infer<typeof joinResponse>;

export const leaveResponse = z.object({ character: characterResponse });

export const skillsResponse = z.object({
  character_id: z.guid(),
  skills: z.record(z.string(), z.object({ name: z.string(), category: z.string(), level: z.int(), xp: z.number() })),
});

export const entryOptionsResponse = z.object({
  can_enter_as_watcher: z.boolean(),
  can_create_custom: z.boolean(),
  available_npcs: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      species: z.string(),
      occupation: z.string(),
      description: z.string(),
      appearance: z.string(),
    }),
  ),
  /** What a character of one's own may be there, with the template of its attributes. */
  species: z.array(z.object({ name: z.string(), attributes })),
});
