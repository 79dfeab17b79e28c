import * as z from "zod";
import { principal } from "./auth-subjects.ts";
import { historyPage, pastCharacter, pastMoment } from "./character-history.ts";
import { characterRecord } from "./character-record.ts";
import { attributeNames, createCharacterRequest, skillCategories, type SkillCategory } from "./character.ts";
import { characterId, npcId, worldId } from "./record-ids.ts";
import { rpc } from "./subjects.ts";

const skillName = z.enum(Object.values(skillCategories).flat());
const skillCategory = z.enum(Object.keys(skillCategories) as SkillCategory[]);
const skill = z.object({ name: skillName, category: skillCategory, level: z.int(), xp: z.number() });
const inhabitant = z.object({
  id: npcId,
  name: z.string(),
  species: z.string(),
  occupation: z.string(),
  description: z.string(),
  appearance: z.string(),
});
const kind = z.object({ name: z.string(), template: z.record(z.enum(attributeNames), z.number()) });
const ways = z.object({
  canEnterAsWatcher: z.boolean(),
  canCreateCustom: z.boolean(),
  inhabitants: z.array(inhabitant),
  species: z.array(kind),
});

const requestId = z.guid().toLowerCase();
const ofOne = z.object({ principal, characterId });

export const playerList = rpc("player.list", principal, z.array(characterRecord));
export const playerGet = rpc("player.get", ofOne, characterRecord);
export const playerCreate = rpc(
  "player.create",
  z.object({ principal, request: createCharacterRequest, requestId }),
  z.object({ character: characterRecord, isNew: z.boolean() }),
);
export const playerJoin = rpc("player.join", ofOne, z.object({ character: characterRecord, message: z.string() }));
export const playerLeave = rpc("player.leave", ofOne.extend({ requestId }), characterRecord);
export const playerHistory = rpc(
  "player.history",
  ofOne.extend({ before: z.int().nullable(), limit: z.int() }),
  historyPage,
);
export const playerPast = rpc("player.past", ofOne.extend({ moment: pastMoment }), pastCharacter);
export const playerSkills = rpc("player.skills", ofOne, z.record(skillName, skill));
export const playerLobby = rpc("player.lobby", principal, characterRecord);
export const playerEntryOptions = rpc("player.entry-options", z.object({ principal, worldId }), ways);
