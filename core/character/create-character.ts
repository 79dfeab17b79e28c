import type { Principal } from "../account/model.ts";
import { AppError } from "../lib/errors.ts";
import type { CharacterId, WorldId } from "../lib/ids.ts";
import { plainText, singleLine } from "../lib/text.ts";
import type { Characters } from "../ports/characters.ts";
import type { Clock, Entropy } from "../ports/system.ts";
import type { Worlds } from "../ports/worlds.ts";
import type { CreateCharacterRequest } from "../protocol/character.ts";
import type { WorldSpec } from "../world/spec.ts";
import { attributesOf, checkPointBuy, kindNamed, kindsOf, rollVariance } from "./attributes.ts";
import { bornAt } from "./born-at.ts";
import { type Birth, notRolled } from "./biography/model.ts";
import { inhabit } from "./inhabit.ts";
import type { CharacterRecord } from "./model.ts";

type Ctx = { characters: Characters; worlds: Worlds; clock: Clock; entropy: Entropy };
type Input = { principal: Principal; request: CreateCharacterRequest; requestId: string };

export const nameLengthMax = 50;
const speciesOfWatchers = "Watcher";

/**
 * The request names the character, so that the same request again is answered with the same one. `isNew` is false for a watcher who was there
 * already: to ask for one twice is to ask for the same one. Throws CONFLICT where the request was used for something else.
 */
export async function createCharacter(
  ctx: Ctx,
  { principal, request, requestId }: Input,
): Promise<{ character: CharacterRecord; isNew: boolean }> {
  if (request.role === "admin" && principal.role !== "admin")
    throw new AppError("FORBIDDEN", "Only an administrator may play one.");
  const name = request.npc_id === undefined ? checkName(request.name) : request.name;
  const bought = checkPointBuy(request.attributes ?? {});
  const world = await ctx.worlds.get(request.world_id as WorldId);
  if (world === null) throw new AppError("NOT_FOUND", "There is no such world.");
  if (world.status === "generating")
    throw new AppError("UNAVAILABLE", "This world is still being made.", { retryAfterS: 5 });

  const { birth, ...body } = inhabit(request, world) ?? newcomer(request, world.spec, bought, ctx.entropy.uint32());
  const character: CharacterRecord = {
    ...bornAt(world),
    name,
    ...body,
    id: requestId as CharacterId,
    userId: principal.userId,
    role: request.role,
    createdAtMs: ctx.clock.nowMs(),
  };
  const outcome = await ctx.characters.create(character, birth);
  if (outcome === "created") return { character, isNew: true };
  if (outcome === "npc-taken")
    throw new AppError(
      "CONFLICT",
      `Somebody else plays ${character.name}. Choose another, or a character of your own.`,
    );
  return sameAsBefore(ctx, character);
}

async function sameAsBefore(
  ctx: Ctx,
  wanted: CharacterRecord,
): Promise<{ character: CharacterRecord; isNew: boolean }> {
  const existing = await ctx.characters.ofHome(wanted.userId, wanted.homeWorldId);
  if (existing === null) throw new AppError("CONFLICT", "This request was used for something else before.");
  if (existing.id === wanted.id && existing.name === wanted.name) return { character: existing, isNew: true };
  if (wanted.role === "watcher" && existing.role === "watcher") return { character: existing, isNew: false };
  throw new AppError("CHARACTER_EXISTS", `You have a character in this world already: ${existing.name}.`);
}

function checkName(raw: string): string {
  const name = singleLine(raw);
  const length = [...name].length;
  if (length < 1 || length > nameLengthMax) throw invalid("name", `A name has 1 to ${nameLengthMax} characters.`);
  if (!/[\p{L}\p{N}]/u.test(name)) throw invalid("name", "A name has at least one letter or digit.");
  return name;
}

type Told = Pick<CharacterRecord, "appearance" | "description" | "occupation">;
type Made = Pick<CharacterRecord, "species" | "attributes"> & { readonly birth: Birth };

function newcomer(
  request: CreateCharacterRequest,
  spec: WorldSpec,
  bought: Birth["bought"],
  seed: number,
): Made & Told {
  return {
    ...(request.role === "watcher" ? watcherOf(request) : bodyOf(request, spec, bought, seed)),
    appearance: optionalText(request.appearance),
    description: optionalText(request.description),
    occupation: optionalText(request.occupation),
  };
}

function watcherOf(request: CreateCharacterRequest): Made {
  if (Object.values(request.attributes ?? {}).some((raise) => raise !== 0))
    throw invalid("attributes", "A watcher has no body, and so no attributes to raise.");
  return { species: singleLine(request.species ?? "") || speciesOfWatchers, attributes: null, birth: notRolled };
}

function bodyOf(request: CreateCharacterRequest, spec: WorldSpec, bought: Birth["bought"], seed: number): Made {
  const kinds = kindsOf(spec);
  const kind = kindNamed(kinds, request.species ?? "");
  if (kind === null) throw invalid("species", `Choose one of ${kinds.map(({ name }) => name).join(", ")}.`);
  const variance = rollVariance(seed);
  return {
    species: kind.name,
    attributes: attributesOf(kind.template, variance, bought),
    birth: { variance, bought },
  };
}

function optionalText(raw: string | undefined): string | null {
  return plainText(raw ?? "").trim() || null;
}

function invalid(path: string, message: string): AppError {
  return new AppError("INVALID_INPUT", message, { details: [{ path, message }] });
}
