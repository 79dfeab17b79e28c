import * as z from "zod";
import type { CharacterId, NpcId, SessionId, UserId, WorldId } from "../lib/ids.ts";

/** Any UUID: ready-made ones have no version, which `z.uuid()` would ask for. */
const id = <Id extends string>() => z.guid() as unknown as z.ZodType<Id>;

export const userId = id<UserId>();
export const sessionId = id<SessionId>();
export const characterId = id<CharacterId>();
export const worldId = id<WorldId>();
export const npcId = id<NpcId>();
