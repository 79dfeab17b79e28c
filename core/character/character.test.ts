import { describe, expect, test } from "vitest";
import { functionContext, lobby, someone, startMs, valley } from "#tests/support/function-context.ts";
import { completeSpecification } from "../interview/complete-specification.ts";
import { AppError } from "../lib/errors.ts";
import { type CharacterId, lobbyWorldId, valleyWorldId, type WorldId } from "../lib/ids.ts";
import { type CreateCharacterRequest, createCharacterRequest, skillCategories } from "../protocol/character.ts";
import { worldLook } from "../protocol/subjects.ts";
import { inhabitantsPerPeopleMax } from "../world/inhabitants/society.ts";
import { readyMadeWorlds } from "../world/seeds.ts";
import { templateOf } from "./attributes.ts";
import { createCharacter } from "./create-character.ts";
import { entryOptions } from "./entry-options.ts";
import { getSkills } from "./get-skills.ts";
import { joinCharacter, lookTimeoutMs } from "./join-character.ts";
import { listCharacters } from "./list-characters.ts";
import { lobbyCharacter } from "./lobby-character.ts";

const unknownWorldId = "00000000-0000-4000-8000-00000000dead" as WorldId;
const request = (changes: Partial<CreateCharacterRequest> = {}) =>
  createCharacterRequest.parse({ world_id: valleyWorldId, name: "Thorin", species: "dwarf", ...changes });

const setup = async () => {
  const base = functionContext();
  const principal = await someone(base, "Ann");
  const create = (changes: Partial<CreateCharacterRequest> = {}) =>
    createCharacter(base.ctx, { principal, request: request(changes), requestId: base.ctx.entropy.uuid() });
  return { ...base, principal, create };
};

test("a new character stands rested at the spawn of its world and has never been played", async () => {
  const { ctx, principal, create } = await setup();
  const { character, isNew } = await create({ appearance: "A <b>beard</b>", description: "  ", occupation: "smith" });
  expect(isNew).toBe(true);
  expect(character).toEqual({
    id: character.id,
    userId: principal.userId,
    homeWorldId: valleyWorldId,
    worldId: valleyWorldId,
    travels: 0,
    hasArrived: true,
    name: "Thorin",
    role: "player",
    species: "Dwarf",
    appearance: "A ‹b›beard‹/b›",
    description: null,
    occupation: "smith",
    attributes: character.attributes,
    position: valley.spec.spawn.position,
    orientation: valley.spec.spawn.orientation,
    isFlying: false,
    stamina: null,
    health: null,
    life: null,
    createdAtMs: startMs,
    lastPlayedAtMs: null,
  });
  expect(Math.abs(character.attributes!.Might - 60)).toBeLessThanOrEqual(5);
  expect(await ctx.characters.get(character.id)).toEqual(character);
});

test.each([
  ["  Thorin\t\n Oakenshield ", "Thorin Oakenshield"],
  ["<script>x</script>", "‹script›x‹/script›"],
  ["a\u202eb\u200b\u0007", "ab"],
  ["7", "7"],
  ["漢字", "漢字"],
  ["🐉1".repeat(25), "🐉1".repeat(25)],
])("the name %j is kept as %j", async (raw, name) => {
  const { create } = await setup();
  expect((await create({ name: raw })).character.name).toBe(name);
});

test.each(["", "   ", "\u0000\u200b", "...", "🐉", "<>", "x".repeat(51)])("the name %j is refused", async (name) => {
  const { create, tables } = await setup();
  await expect(create({ name })).rejects.toMatchObject({ code: "INVALID_INPUT", details: [{ path: "name" }] });
  expect(tables.characters.size).toBe(0);
});

test.each([undefined, "", "Orc", "constructor"])("a player of the species %j is refused", async (species) => {
  const { ctx, principal } = await setup();
  const { species: _, ...rest } = request();
  const wish = species === undefined ? rest : { ...rest, species };
  await expect(createCharacter(ctx, { principal, request: wish, requestId: ctx.entropy.uuid() })).rejects.toMatchObject(
    {
      code: "INVALID_INPUT",
      details: [{ path: "species" }],
    },
  );
});

test("a watcher has no body, and may be of any species or none", async () => {
  const { create } = await setup();
  const { character } = await create({ role: "watcher", species: " <Owl> " });
  expect(character).toMatchObject({ role: "watcher", species: "‹Owl›", attributes: null });
  const other = await setup();
  const { species: _, ...rest } = request({ role: "watcher" });
  const { character: plain } = await createCharacter(other.ctx, {
    principal: other.principal,
    request: rest,
    requestId: "00000000-0000-4000-8000-000000000001",
  });
  expect(plain.species).toBe("Watcher");
});

test("asking for a watcher again gives the same one; anything else beside an existing character is refused", async () => {
  const { create, tables } = await setup();
  const { character } = await create({ role: "watcher" });
  expect(await create({ role: "watcher", name: "Other" })).toEqual({ character, isNew: false });
  await expect(create()).rejects.toMatchObject({ code: "CHARACTER_EXISTS" });
  expect(tables.characters.size).toBe(1);

  const player = await setup();
  await player.create();
  await expect(player.create({ name: "Other" })).rejects.toMatchObject({ code: "CHARACTER_EXISTS" });
  await expect(player.create({ role: "watcher" })).rejects.toMatchObject({ code: "CHARACTER_EXISTS" });
});

test("of many who ask at once exactly one is made", async () => {
  const { create, tables } = await setup();
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => create()));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(tables.characters.size).toBe(1);
});

test("only an administrator may play one", async () => {
  const { ctx, create, tables } = await setup();
  await expect(create({ role: "admin" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  const root = await someone({ ctx, tables }, "Root", "admin");
  const { character } = await createCharacter(ctx, {
    principal: root,
    request: request({ role: "admin" }),
    requestId: "00000000-0000-4000-8000-000000000002",
  });
  expect(character.role).toBe("admin");
});

test("a world or an inhabitant that is not there is not found", async () => {
  const { create } = await setup();
  await expect(create({ world_id: unknownWorldId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(create({ npc_id: unknownWorldId })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("bought points are in the character, and overspending makes none", async () => {
  const { create, tables } = await setup();
  await expect(create({ attributes: { Might: 30, Agility: 30 } })).rejects.toMatchObject({ code: "INVALID_INPUT" });
  expect(tables.characters.size).toBe(0);
  const { character } = await create({ attributes: { Might: 30 } });
  expect(character.attributes!.Might).toBeGreaterThanOrEqual(60 + 30 - 5);
});

test("the lobby's character is made once, named like its user, however many ask for it at once", async () => {
  const { ctx, principal, tables } = await setup();
  const asked = await Promise.all(Array.from({ length: 10 }, () => lobbyCharacter(ctx, principal)));
  expect(tables.characters.size).toBe(1);
  expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
  expect(asked[0]).toMatchObject({
    name: "Ann",
    role: "player",
    species: "Human",
    attributes: templateOf("Human"),
    homeWorldId: lobbyWorldId,
    position: lobby.spec.spawn.position,
  });
});

test("a second character of the lobby is refused like one of any other world", async () => {
  const { ctx, principal, create } = await setup();
  await lobbyCharacter(ctx, principal);
  await expect(create({ world_id: lobbyWorldId })).rejects.toMatchObject({ code: "CHARACTER_EXISTS" });
});

test("a lobby character that has travelled is still the one of the lobby", async () => {
  const { ctx, principal, tables } = await setup();
  const { id } = await lobbyCharacter(ctx, principal);
  tables.characters.set(id, { ...tables.characters.get(id)!, worldId: valleyWorldId, travels: 1 });
  expect(await lobbyCharacter(ctx, principal)).toMatchObject({ id, worldId: valleyWorldId });
});

test("who joins is greeted with what there is to see, for the first time and then as one who comes back", async () => {
  const { ctx, clock, principal, create } = await setup();
  const { character } = await create();
  const asked: string[] = [];
  ctx.bus.serve(worldLook(valleyWorldId), async ({ characterId }) => {
    asked.push(characterId);
    return { text: "A wide valley." };
  });
  await clock.advance(1_000);
  const first = await joinCharacter(ctx, { principal, characterId: character.id });
  expect(first).toEqual({
    character: { ...character, lastPlayedAtMs: startMs + 1_000 },
    message: "Welcome to Valley, Thorin.\n\nA wide valley.",
  });
  const second = await joinCharacter(ctx, { principal, characterId: character.id });
  expect(second.message).toBe("Welcome back to Valley, Thorin.\n\nA wide valley.");
  expect(asked).toEqual([character.id, character.id]);
  expect(await ctx.accounts.byId(principal.userId)).toMatchObject({ lastWorldId: valleyWorldId });
});

test("a watcher is greeted as one", async () => {
  const { ctx, clock, principal, create } = await setup();
  const { character } = await create({ role: "watcher" });
  const joining = joinCharacter(ctx, { principal, characterId: character.id });
  await clock.advance(lookTimeoutMs);
  const { message } = await joining;
  expect(message).toBe("You watch over Valley, seen by nobody.");
});

test("a world that does not answer in time holds up nobody who joins", async () => {
  const { ctx, clock, principal, create } = await setup();
  const { character } = await create();
  ctx.bus.serve(worldLook(valleyWorldId), () => new Promise(() => {}));
  const joining = joinCharacter(ctx, { principal, characterId: character.id });
  await clock.advance(lookTimeoutMs);
  expect((await joining).message).toBe("Welcome to Valley, Thorin.");
});

test("a failure that is not the world's silence is not hidden", async () => {
  const { ctx, clock, principal, create } = await setup();
  const { character } = await create();
  ctx.bus.serve(worldLook(valleyWorldId), () => Promise.reject(new AppError("NOT_FOUND", "Nobody is here.")));
  const joining = joinCharacter(ctx, { principal, characterId: character.id }).catch((error: unknown) => error);
  await clock.advance(0);
  expect(await joining).toMatchObject({ code: "NOT_FOUND" });
});

test("another user's character can be neither joined nor looked into, and one that is not there is not found", async () => {
  const { ctx, tables, create } = await setup();
  const { character } = await create();
  const eve = await someone({ ctx, tables }, "Eve");
  const unknown = unknownWorldId as string as CharacterId;
  for (const verb of [joinCharacter, getSkills]) {
    await expect(verb(ctx, { principal: eve, characterId: character.id })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(verb(ctx, { principal: eve, characterId: unknown })).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
  expect(await ctx.characters.get(character.id)).toMatchObject({ lastPlayedAtMs: null });
  expect(await ctx.accounts.byId(eve.userId)).toMatchObject({ lastWorldId: null });
});

test("everyone begins with every skill at nothing", async () => {
  const { ctx, principal, create } = await setup();
  const { character } = await create();
  const skills = await getSkills(ctx, { principal, characterId: character.id });
  expect(Object.keys(skills)).toEqual(Object.values(skillCategories).flat());
  expect(skills.Climbing).toEqual({ name: "Climbing", category: "Utility", level: 0, xp: 0 });
});

test("one's own characters are listed, last played first", async () => {
  const { ctx, clock, tables, principal, create } = await setup();
  const { character } = await create();
  await clock.advance(1);
  const inLobby = await lobbyCharacter(ctx, principal);
  await someone({ ctx, tables }, "Eve").then((eve) => lobbyCharacter(ctx, eve));
  const joining = joinCharacter(ctx, { principal, characterId: character.id });
  await clock.advance(lookTimeoutMs);
  await joining;
  const listed = await listCharacters(ctx, principal);
  expect(listed.map(({ id }) => id)).toEqual([character.id, inLobby.id]);
});

test("a world can be entered by who has nobody there, watched again by its watcher, and not twice by a player", async () => {
  const { ctx, principal, create } = await setup();
  const options = () => entryOptions(ctx, { principal, worldId: valleyWorldId });
  expect(await options()).toMatchObject({ canEnterAsWatcher: true, canCreateCustom: true });
  await create({ role: "watcher" });
  expect(await options()).toMatchObject({ canEnterAsWatcher: true, canCreateCustom: false, inhabitants: [] });

  const player = await setup();
  await player.create();
  const taken = await entryOptions(player.ctx, { principal: player.principal, worldId: valleyWorldId });
  expect(taken).toMatchObject({ canEnterAsWatcher: false, canCreateCustom: false, inhabitants: [] });
  await expect(entryOptions(ctx, { principal, worldId: unknownWorldId })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("who lives in a world is listed the same for everyone and every time, and nobody lives in the lobby", async () => {
  const { ctx, principal, tables } = await setup();
  tables.worlds.set(valleyWorldId, { ...valley, spec: readyMadeWorlds[1]!.spec });
  const options = await entryOptions(ctx, { principal, worldId: valleyWorldId });
  expect(options.inhabitants).toHaveLength(inhabitantsPerPeopleMax);
  expect(options.species.map(({ name }) => name)).toEqual(["Human", "Dwarf", "Elf"]);
  const other = await someone({ ctx, tables }, "Bea");
  expect(await entryOptions(ctx, { principal: other, worldId: valleyWorldId })).toEqual(options);
  const inLobby = await entryOptions(ctx, { principal: other, worldId: lobbyWorldId });
  expect(inLobby.inhabitants).toEqual([]);
});

describe("being somebody who lives there", () => {
  const inValley = async () => {
    const base = await setup();
    base.tables.worlds.set(valleyWorldId, { ...valley, spec: readyMadeWorlds[1]!.spec });
    const options = () => entryOptions(base.ctx, { principal: base.principal, worldId: valleyWorldId });
    const { inhabitants } = await options();
    return { ...base, first: inhabitants[0]!, second: inhabitants[1]! };
  };

  test("gives the name, looks, history, calling and nature that everyone there knows, whatever was asked for", async () => {
    const { create, first, ctx } = await inValley();
    const { character, isNew } = await create({ npc_id: first.id, name: "", species: "elf", occupation: "king" });
    expect(isNew).toBe(true);
    const { id: npcId, name, species, occupation, appearance, description } = first;
    expect(character).toMatchObject({ npcId, name, species, occupation, appearance, description, role: "player" });
    expect(Object.keys(character.attributes!)).toHaveLength(15);
    expect(await ctx.characters.get(character.id)).toEqual(character);
  });

  test("of many who want the same one exactly one gets him, and nobody else is offered him", async () => {
    const { ctx, tables, first } = await inValley();
    const users = await Promise.all(
      Array.from({ length: 8 }, (_, number) => someone({ ctx, tables }, `User${number}`)),
    );
    const wish = request({ npc_id: first.id });
    const outcomes = await Promise.allSettled(
      users.map((principal) => createCharacter(ctx, { principal, request: wish, requestId: ctx.entropy.uuid() })),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "CONFLICT" });
    const late = await someone({ ctx, tables }, "Late");
    const { inhabitants } = await entryOptions(ctx, { principal: late, worldId: valleyWorldId });
    expect(inhabitants).toHaveLength(inhabitantsPerPeopleMax - 1);
    expect(inhabitants.map(({ id }) => id)).not.toContain(first.id);
    tables.characters.clear();
    const free = await entryOptions(ctx, { principal: late, worldId: valleyWorldId });
    expect(free.inhabitants.map(({ id }) => id)).toContain(first.id);
  });

  test("is for players without points to spend, in that world, once", async () => {
    const { create, first, second } = await inValley();
    const refusal = (changes: Partial<CreateCharacterRequest>) => create(changes).catch((error: unknown) => error);
    expect(await refusal({ npc_id: first.id, role: "watcher" })).toMatchObject({ code: "INVALID_INPUT" });
    expect(await refusal({ npc_id: first.id, attributes: { Might: 1 } })).toMatchObject({ code: "INVALID_INPUT" });
    expect(await refusal({ npc_id: unknownWorldId })).toMatchObject({ code: "NOT_FOUND" });
    expect(await refusal({ npc_id: first.id, world_id: lobbyWorldId })).toMatchObject({ code: "NOT_FOUND" });
    await create({ npc_id: first.id });
    expect(await refusal({ npc_id: second.id })).toMatchObject({ code: "CHARACTER_EXISTS" });
  });
});

test("a player may be of the world's own species, in any spelling, and of no other world's", async () => {
  const { ctx, tables, principal, create } = await setup();
  const peoples = [{ name: "Frostkin", attributes: { Might: 80 } }];
  const specification = completeSpecification({ peoples }, { name: "Rime", seed: 7 });
  const refused = await create({ species: "frostkin" }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: "INVALID_INPUT", message: "Choose one of Human, Dwarf, Elf." });
  const rime = { ...valley, id: unknownWorldId, name: "Rime", spec: { ...readyMadeWorlds[1]!.spec, specification } };
  tables.worlds.set(rime.id, rime);
  const wish = request({ world_id: rime.id, species: "frostKIN" });
  const { character } = await createCharacter(ctx, { principal, request: wish, requestId: ctx.entropy.uuid() });
  expect(character.species).toBe("Frostkin");
  expect(Math.abs(character.attributes!.Might - 80)).toBeLessThanOrEqual(5);
  expect(await ctx.characters.get(character.id)).toEqual(character);
});
