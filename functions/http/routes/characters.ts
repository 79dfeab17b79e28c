import { type Context, Hono } from "hono";
import * as z from "zod";
import { secondaryOf } from "#core/character/attributes.ts";
import { AppError } from "#core/lib/errors.ts";
import { type CharacterId, isUuid, type WorldId } from "#core/lib/ids.ts";
import { characterHistoryQuery, characterPastQuery } from "#core/protocol/character-history.ts";
import { type CreateCharacterResponse, createCharacterRequest, joinRequest } from "#core/protocol/character.ts";
import { authenticated } from "../auth.ts";
import { checked, jsonBody } from "../body.ts";
import type { HttpConfig, HttpContext, HttpEnv } from "../env.ts";
import { characterResponse } from "../present.ts";
import { historyResponse, pastResponse } from "../present-history.ts";
import { requestIdOf } from "../request-id.ts";

export const entryOptionsQuery = z.object({ world_id: z.guid().toLowerCase() });
export const skillsQuery = z.object({ character_id: z.guid().toLowerCase() });

export function characterRoutes(ctx: HttpContext, config: HttpConfig): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const auth = authenticated(ctx, config);

  app.get("/characters", auth, async (c) => {
    const characters = await ctx.players.list(c.get("principal"));
    return c.json({ characters: characters.map(characterResponse) });
  });

  app.post("/characters", auth, async (c) => {
    const request = jsonBody(c, createCharacterRequest);
    const requestId = requestIdOf(ctx, c);
    const { character, isNew } = await ctx.players.create({ principal: c.get("principal"), request, requestId });
    const { attributes } = character;
    const body: CreateCharacterResponse = {
      character: characterResponse(character),
      attributes,
      secondary_attributes: attributes && secondaryOf(attributes),
    };
    return c.json(body, isNew ? 201 : 200);
  });

  app.post("/join", auth, async (c) => {
    const characterId = jsonBody(c, joinRequest).character_id as CharacterId;
    const { character, message } = await ctx.players.join({ principal: c.get("principal"), characterId });
    return c.json({ character: characterResponse(character), world_id: character.worldId, message });
  });

  app.post("/leave", auth, async (c) => {
    const characterId = jsonBody(c, joinRequest).character_id as CharacterId;
    const requestId = requestIdOf(ctx, c);
    const character = await ctx.players.leave({ principal: c.get("principal"), characterId, requestId });
    return c.json({ character: characterResponse(character) });
  });

  app.get("/characters/:id/history", auth, async (c) => {
    const { before = null, limit } = checked(characterHistoryQuery, c.req.query());
    const characterId = idOf(c);
    const page = await ctx.players.history({ principal: c.get("principal"), characterId, before, limit });
    return c.json(historyResponse(characterId, page));
  });

  app.get("/characters/:id/past", auth, async (c) => {
    const { at, version } = checked(characterPastQuery, c.req.query());
    const characterId = idOf(c);
    const moment = { ...(version !== undefined && { version }), ...(at !== undefined && { atMs: Date.parse(at) }) };
    const past = await ctx.players.past({ principal: c.get("principal"), characterId, moment });
    return c.json(pastResponse(characterId, past));
  });

  app.get("/entry-options", auth, async (c) => {
    const worldId = checked(entryOptionsQuery, c.req.query()).world_id as WorldId;
    const options = await ctx.players.entryOptions({ principal: c.get("principal"), worldId });
    return c.json({
      can_enter_as_watcher: options.canEnterAsWatcher,
      can_create_custom: options.canCreateCustom,
      available_npcs: options.inhabitants,
      species: options.species.map(({ name, template }) => ({ name, attributes: template })),
    });
  });

  app.get("/skills", auth, async (c) => {
    const characterId = checked(skillsQuery, c.req.query()).character_id as CharacterId;
    const skills = await ctx.players.skills({ principal: c.get("principal"), characterId });
    return c.json({ character_id: characterId, skills });
  });

  return app;
}

function idOf(c: Context<HttpEnv>): CharacterId {
  const id = (c.req.param("id") ?? "").toLowerCase();
  if (!isUuid(id)) throw new AppError("NOT_FOUND", "There is no such character.");
  return id as CharacterId;
}
