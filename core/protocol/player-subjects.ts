import * as z from "zod";
import { principal } from "./auth-subjects.ts";
import { attributeNames, createCharacterRequest, roles, skillCategories, type SkillCategory } from "./character.ts";
import { characterId, userId, worldId } from "./record-ids.ts";
import { rpc } from "./subjects.ts";

const vector = z.object({ x: z.number(), y: z.number(), z: z.number() });

/** A character as it is known inside. Times are milliseconds since 1970. */
export const characterRecord = z.object({
  id: characterId,
  userId,
  homeWorldId: worldId,
  worldId,
  travels: z.int(),
  hasArrived: z.boolean(),
  name: z.string(),
  role: z.enum(roles),
  species: z.string(),
  appearance: z.string().nullable(),
  description: z.string().nullable(),
  occupation: z.string().nullable(),
  attributes: z.record(z.enum(attributeNames), z.number()).nullable(),
  position: vector,
  orientation: vector,
  isFlying: z.boolean(),
  stamina: z.number().nullable(),
  createdAtMs: z.number(),
  lastPlayedAtMs: z.number().nullable(),
});

const skillName = z.enum(Object.values(skillCategories).flat());
const skillCategory = z.enum(Object.keys(skillCategories) as SkillCategory[]);
const skill = z.object({ name: skillName, category: skillCategory, level: z.int(), xp: z.number() });
const ways = z.object({ canEnterAsWatcher: z.boolean(), canCreateCustom: z.boolean() });

const ofOne = z.object({ principal, characterId });

export const playerList = rpc("player.list", principal, z.array(characterRecord));
export const playerGet = rpc("player.get", ofOne, characterRecord);
export const playerCreate = rpc(
  "player.create",
  z.object({ principal, request: createCharacterRequest }),
  z.object({ character: characterRecord, isNew: z.boolean() }),
);
export const playerJoin = rpc("player.join", ofOne, z.object({ character: characterRecord, message: z.string() }));
export const playerSkills = rpc("player.skills", ofOne, z.record(skillName, skill));
export const playerLobby = rpc("player.lobby", principal, characterRecord);
export const playerEntryOptions = rpc("player.entry-options", z.object({ principal, worldId }), ways);
