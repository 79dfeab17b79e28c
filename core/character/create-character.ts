import type { Principal } from "../account/model.ts";
import { assert } from "../lib/assert.ts";
import { AppError } from "../lib/errors.ts";
import type { CharacterId, WorldId } from "../lib/ids.ts";
import { plainText, singleLine } from "../lib/text.ts";
import type { Characters } from "../ports/characters.ts";
import type { Clock, Entropy } from "../ports/system.ts";
import type { Worlds } from "../ports/worlds.ts";
import type { CreateCharacterRequest } from "../protocol/character.ts";
import type { WorldSpec } from "../world/spec.ts";
import { checkPointBuy, type Kind, kindNamed, kindsOf, rollAttributes } from "./attributes.ts";
import { bornAt } from "./born-at.ts";
import type { CharacterRecord } from "./model.ts";

type Ctx = { characters: Characters; worlds: Worlds; clock: Clock; entropy: Entropy };
type Input = { principal: Principal; request: CreateCharacterRequest };

export const nameLengthMax = 50;
const speciesOfWatchers = "Watcher";

/** `isNew` is false for a watcher who was there already: to ask for one twice is to ask for the same one. */
export async function createCharacter(
  ctx: Ctx,
  { principal, request }: Input,
): Promise<{ character: CharacterRecord; isNew: boolean }> {
  if (request.role === "admin" && principal.role !== "admin")
    throw new AppError("FORBIDDEN", "Only an administrator may play one.");
  const name = checkName(request.name);
  const world = await ctx.worlds.get(request.world_id as WorldId);
  if (world === null) throw new AppError("NOT_FOUND", "There is no such world.");
  if (world.status === "generating")
    throw new AppError("UNAVAILABLE", "This world is still being made.", { retryAfterS: 5 });
  const body = request.role === "watcher" ? watcherOf(request) : bodyOf(request, world.spec, ctx.entropy.uint32());
  if (request.npc_id !== undefined) throw new AppError("NOT_FOUND", "Nobody by that id lives in this world.");

  const character: CharacterRecord = {
    ...bornAt(world),
    ...body,
    id: ctx.entropy.uuid() as CharacterId,
    userId: principal.userId,
    name,
    role: request.role,
    appearance: optionalText(request.appearance),
    description: optionalText(request.description),
    occupation: optionalText(request.occupation),
    createdAtMs: ctx.clock.nowMs(),
  };
  if ((await ctx.characters.create(character)) === "created") return { character, isNew: true };
  return { character: await sameWatcher(ctx, character), isNew: false };
}

async function sameWatcher(ctx: Ctx, wanted: CharacterRecord): Promise<CharacterRecord> {
  const existing = await ctx.characters.ofHome(wanted.userId, wanted.homeWorldId);
  assert(existing !== null, "a character that stands in the way of another one exists");
  if (wanted.role === "watcher" && existing.role === "watcher") return existing;
  throw new AppError("CHARACTER_EXISTS", `You have a character in this world already: ${existing.name}.`);
}

function checkName(raw: string): string {
  const name = singleLine(raw);
  const length = [...name].length;
  if (length < 1 || length > nameLengthMax) throw invalid("name", `A name has 1 to ${nameLengthMax} characters.`);
  if (!/[\p{L}\p{N}]/u.test(name)) throw invalid("name", "A name has at least one letter or digit.");
  return name;
}

function watcherOf(request: CreateCharacterRequest): Pick<CharacterRecord, "species" | "attributes"> {
  return { species: singleLine(request.species ?? "") || speciesOfWatchers, attributes: null };
}

function bodyOf(
  request: CreateCharacterRequest,
  spec: WorldSpec,
  seed: number,
): Pick<CharacterRecord, "species" | "attributes"> {
  const { name, template } = checkSpecies(request.species, kindsOf(spec));
  return { species: name, attributes: rollAttributes(template, checkPointBuy(request.attributes ?? {}), seed) };
}

function checkSpecies(raw: string | undefined, kinds: readonly Kind[]): Kind {
  const kind = kindNamed(kinds, raw ?? "");
  if (kind === null) throw invalid("species", `Choose one of ${kinds.map(({ name }) => name).join(", ")}.`);
  return kind;
}

function optionalText(raw: string | undefined): string | null {
  return plainText(raw ?? "").trim() || null;
}

function invalid(path: string, message: string): AppError {
  return new AppError("INVALID_INPUT", message, { details: [{ path, message }] });
}
