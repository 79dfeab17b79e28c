import { type ParsedCommand, parseLine, splitTarget } from "#core/command/parse.ts";
import { specOf } from "#core/command/registry.ts";
import { isRepeat } from "#core/command/repeat.ts";
import { lobbyCharacter } from "#core/character/lobby-character.ts";
import { lobbyWorldId, type CharacterId, type UserId } from "#core/lib/ids.ts";
import type { Connection } from "#core/ports/connections.ts";
import type { InputOf, WorldInput } from "#core/protocol/world-input.ts";
import type { Facts, OnlineCharacter, WorldSummary } from "#core/world/facts.ts";
import { portalNamed } from "#core/world/find.ts";
import { begunAs, isAgain } from "#core/world/input-id.ts";
import type { Body, WorldState } from "#core/world/model.ts";
import { wantedIn } from "#core/world/decide/create.ts";
import { asksToPutAnimals } from "#core/world/decide/ecosystem.ts";
import { asksForOutlook, asksForPush } from "#core/world/decide/weather.ts";
import type { Place } from "#core/world/scene.ts";
import { ownPortalsMax } from "#core/world/portals.ts";
import type { Position } from "#core/world/space.ts";
import type { Prose } from "#core/world/prose/scenery.ts";
import type { Outlook } from "#core/world/weather/outlook.ts";
import type { WorldRecord } from "#core/world/spec.ts";
import type { TurnInput } from "#core/world/advance.ts";
import type { WorldContext } from "./context.ts";

type Ctx = Pick<
  WorldContext,
  "accounts" | "characters" | "worlds" | "connections" | "clock" | "entropy" | "interviews"
>;
type Scene = {
  readonly place: Place;
  readonly state: WorldState;
  readonly outlook?: (position: Position) => Promise<Outlook | null>;
  /** It is worth waiting for a model to find somebody's words. */
  readonly canThink?: boolean;
  readonly prose?: Prose;
  /** Words of this player are on their way to the statue. */
  readonly isStatueHearing?: (userId: UserId) => boolean;
};

/** `who` looks no further. */
const onlineMax = 1000;

/** Whether its facts would be out of date if the same character had done something earlier in the turn. */
export function dependsOnState(input: WorldInput): boolean {
  if (input.type === "connected" || input.type === "arrive") return true;
  if (input.type !== "command") return false;
  const last = commandsOf(input).at(-1);
  return isRepeat(input.text) || (last?.kind === "command" && specOf(last.name).leadsAway === true);
}

/** Looks up what the decisions of this turn will want to know of the outside. */
export async function gatherFacts(ctx: Ctx, scene: Scene, inputs: readonly TurnInput["input"][]): Promise<TurnInput[]> {
  return Promise.all(
    inputs.map(async (input, index) => ({ input, facts: await factsFor(ctx, scene, inputs.slice(0, index), input) })),
  );
}

async function factsFor(
  ctx: Ctx,
  scene: Scene,
  before: readonly TurnInput["input"][],
  input: TurnInput["input"],
): Promise<Facts> {
  if (input.type === "connected" || input.type === "arrive") {
    const id = input.type === "connected" ? input.characterId : input.traveller.characterId;
    // Whose link is broken may leave in this very turn, when the time that was missed is made up for.
    const stays = scene.state.bodies.get(id)?.linkLostAtMs === null;
    return stays ? {} : newcomerFacts(ctx, scene, input, id);
  }
  if (input.type === "hear") return wordsFacts(ctx, scene, input);
  if (input.type !== "command") return {};
  const [each, whereabouts] = await Promise.all([
    Promise.all(commandsOf(input).map((parsed) => commandFacts(ctx, scene, before, { ...input, parsed }))),
    scene.state.bodies.has(input.characterId) || begunAs(input.id) !== input.id ? {} : absentFacts(ctx, scene, input),
  ]);
  const [words, ...following] = each;
  return { ...words, ...(following.length > 0 && { following }), ...whereabouts };
}

function commandsOf({ text }: InputOf<"command">): readonly ParsedCommand[] {
  const line = parseLine(text);
  return line.kind === "commands" ? line.commands : [];
}

async function commandFacts(
  ctx: Ctx,
  scene: Scene,
  before: readonly TurnInput["input"][],
  { parsed, ...input }: InputOf<"command"> & { readonly parsed: ParsedCommand },
): Promise<Facts> {
  if (parsed.kind !== "command") return {};
  switch (parsed.name) {
    case "who": {
      const [online, worlds] = await Promise.all([ctx.connections.online(onlineMax), summaries(ctx)]);
      return { online: online.map(onlineOf), worlds };
    }
    case "worlds":
      return { worlds: await summaries(ctx) };
    case "tell":
      return { online: (await ctx.connections.byName(splitTarget(parsed.rest).target)).map(onlineOf) };
    case "reply":
      return replyFacts(ctx, scene, before, input);
    case "enter":
      return { destination: await destination(ctx, scene, input, await worldMeant(ctx, scene, input, parsed.rest)) };
    case "lobby":
      return { destination: await destination(ctx, scene, input, await summaryOf(ctx, lobbyWorldId)) };
    case "watcher":
      return { destination: await destination(ctx, scene, input, await worldMeant(ctx, scene, input, parsed.rest)) };
    case "create":
      return {
        destination: await destination(ctx, scene, input, await worldToCreateIn(ctx, scene, input, parsed.rest)),
      };
    case "world":
      return { standing: await standingOf(ctx, scene, input) };
    case "ecosystem":
      return asksToPutAnimals(parsed.rest) ? { standing: await standingOf(ctx, scene, input) } : {};
    case "weather":
      return weatherFacts(ctx, scene, input, parsed.rest);
    case "look":
      return scene.prose === undefined ? {} : { prose: scene.prose };
    case "talk":
      return { canThink: scene.canThink ?? false };
    default:
      return {};
  }
}

async function newcomerFacts(
  ctx: Ctx,
  { place }: Scene,
  input: InputOf<"connected"> | InputOf<"arrive">,
  id: CharacterId,
): Promise<Facts> {
  const userId = input.type === "connected" ? input.userId : input.traveller.userId;
  const [character, newest] = await Promise.all([
    ctx.characters.get(id),
    place.id === lobbyWorldId ? ctx.worlds.newestOf(userId, ownPortalsMax * 2) : [],
  ]);
  const ownWorlds = newest.filter(isOpen).slice(0, ownPortalsMax);
  return { character, ownWorlds: ownWorlds.map(({ id: worldId, name }) => ({ worldId, name })) };
}

async function replyFacts(
  ctx: Ctx,
  scene: Scene,
  before: readonly TurnInput["input"][],
  { characterId }: InputOf<"command">,
): Promise<Facts> {
  const body = scene.state.bodies.get(characterId);
  // Asked before the interviews: what the statue has heard by now is among those.
  const isHearing = body !== undefined && scene.isStatueHearing?.(body.userId) === true;
  const said = before.flatMap((input) =>
    input.type === "command" && input.characterId === characterId ? commandsOf(input) : [],
  );
  const [online, latest] = await Promise.all([
    ctx.connections.ofCharacters(tellersOf(scene, before, characterId)),
    scene.place.id === lobbyWorldId && body ? ctx.interviews.latestOf(body.userId) : null,
  ]);
  const knowsStatue = latest !== null || isHearing || said.some(maySpeakToStatue);
  return { online: online.map(onlineOf), knowsStatue };
}

/** It takes what follows in order, and says so itself where there is nothing to reply to. */
const maySpeakToStatue = (parsed: ParsedCommand): boolean =>
  parsed.kind === "command" && (parsed.name === "tell" || parsed.name === "create");

async function weatherFacts(ctx: Ctx, scene: Scene, input: InputOf<"command">, rest: string): Promise<Facts> {
  if (asksForPush(rest)) return { standing: await standingOf(ctx, scene, input) };
  const actor = scene.state.bodies.get(input.characterId);
  if (!asksForOutlook(rest) || !actor) return {};
  return { outlook: (await scene.outlook?.(actor.position)) ?? null };
}

async function standingOf(
  ctx: Ctx,
  { place, state }: Scene,
  { characterId }: InputOf<"command">,
): Promise<NonNullable<Facts["standing"]>> {
  const userId = state.bodies.get(characterId)?.userId;
  const [record, account] = await Promise.all([
    ctx.worlds.get(place.id),
    userId === undefined ? null : ctx.accounts.byId(userId),
  ]);
  const isAdmin = account?.role === "admin";
  return { ownerId: record?.ownerId ?? null, isSandbox: place.spec.isSandbox ?? false, isAdmin };
}

/** Whoever typed it has gone to another world, or on as another character; or sleeps, and nobody is there to wake him. */
async function absentFacts(ctx: Ctx, { place }: Scene, input: InputOf<"command">): Promise<Facts> {
  const [connection, character] = await Promise.all([
    ctx.connections.get(input.connectionId),
    ctx.characters.get(input.characterId),
  ]);
  if (connection && connection.characterId !== input.characterId) return { onward: connection };
  if (!character) return {};
  if (character.worldId !== place.id) return { onward: { worldId: character.worldId, characterId: character.id } };
  return !connection && character.hasArrived && isAgain(input.id) ? { character } : {};
}

/** Where the listener is now, if he is not here and anybody would tell him. */
async function wordsFacts(ctx: Ctx, { place, state }: Scene, { toCharacterId }: InputOf<"hear">): Promise<Facts> {
  if (state.bodies.has(toCharacterId)) return {};
  const [connection] = await ctx.connections.ofCharacters([toCharacterId]);
  return connection && connection.worldId !== place.id ? { onward: connection } : {};
}

/** Whoever told this character something: as the state has it, or as earlier inputs of the same turn will have it. */
function tellersOf({ state }: Scene, before: readonly TurnInput["input"][], id: CharacterId): CharacterId[] {
  const tellers = before.flatMap((input) =>
    input.type === "hear" ? [input.sender.characterId] : input.type === "command" ? [input.characterId] : [],
  );
  const last = state.bodies.get(id)?.replyTo?.characterId;
  return [...new Set(last === undefined ? tellers : [last, ...tellers])];
}

async function worldMeant(
  ctx: Ctx,
  { place, state }: Scene,
  input: InputOf<"command">,
  words: string,
): Promise<WorldSummary | null> {
  const actor = state.bodies.get(input.characterId);
  const portal = actor && portalNamed(place.spec, actor, words);
  if (portal?.destination) return summaryOf(ctx, portal.destination.worldId);
  const wanted = words.toLowerCase().trim();
  const worlds = await summaries(ctx);
  return worlds.find(({ name, id }) => name.toLowerCase() === wanted || id === wanted) ?? null;
}

async function worldToCreateIn(
  ctx: Ctx,
  scene: Scene,
  input: InputOf<"command">,
  words: string,
): Promise<WorldSummary | null> {
  const wanted = wantedIn(words);
  if (wanted?.kind === "world") return summaryOf(ctx, lobbyWorldId);
  if (wanted?.kind !== "character") return null;
  return wanted.world === null ? summaryOf(ctx, scene.place.id) : worldMeant(ctx, scene, input, wanted.world);
}

async function destination(
  ctx: Ctx,
  { state }: Scene,
  input: InputOf<"command">,
  world: WorldSummary | null,
): Promise<NonNullable<Facts["destination"]> | null> {
  const actor = state.bodies.get(input.characterId);
  if (!world || !actor) return null;
  const own =
    world.id === lobbyWorldId
      ? await ownInLobby(ctx, actor, input)
      : await ctx.characters.ofHome(actor.userId, world.id);
  return { world, own };
}

async function ownInLobby(ctx: Ctx, actor: Body, input: InputOf<"command">) {
  if (actor.homeWorldId === lobbyWorldId) return null;
  const connection = await ctx.connections.get(input.connectionId);
  if (!connection) return ctx.characters.ofHome(actor.userId, lobbyWorldId);
  return lobbyCharacter(ctx, connection);
}

async function summaryOf(ctx: Ctx, id: WorldSummary["id"]): Promise<WorldSummary | null> {
  const record = await ctx.worlds.get(id);
  return record && isOpen(record)
    ? { id, name: record.name, shape: record.spec.shape, theme: record.spec.theme }
    : null;
}

async function summaries(ctx: Ctx): Promise<WorldSummary[]> {
  const worlds = await ctx.worlds.list();
  return worlds.filter(isOpen).map(({ id, name, spec }) => ({ id, name, shape: spec.shape, theme: spec.theme }));
}

/** A world whose planet is being made is no place to go to yet. */
const isOpen = ({ status }: WorldRecord): boolean => status !== "generating";

const onlineOf = ({ characterId, userId, username, characterName, worldId }: Connection): OnlineCharacter => ({
  characterId,
  userId,
  username,
  characterName,
  worldId,
});
