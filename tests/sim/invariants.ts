import { lobbyWorldId, type WorldId } from "#core/lib/ids.ts";
import type { BiographyMetadata } from "#core/character/biography/model.ts";
import { readBiography } from "#core/character/biography/read-biography.ts";
import { canonicalJson } from "#core/lib/hash.ts";
import { belongingsOf } from "#core/world/belongings-told.ts";
import { firstLife } from "#core/world/things/belongings.ts";
import type { EventMetadata, WorldEvent } from "#core/world/model.ts";
import { replayWorld } from "#core/world/replay.ts";
import { fromStored } from "#core/world/stored.ts";
import type { Bot, Command } from "./bot.ts";
import { type Stores, worldIds } from "./stores.ts";

type Witnessed = {
  readonly worldId: WorldId;
  readonly version: number;
  readonly event: WorldEvent;
  readonly metadata: EventMetadata;
};

/** What must hold of a history that has healed and come to rest; [] where all of it does. */
export async function brokenInvariants(stores: Stores, bots: readonly Bot[]): Promise<string[]> {
  const log = stores.tables.feed.map((stored): Witnessed => ({
    worldId: stored.worldId,
    version: stored.version,
    ...fromStored(stored),
  }));
  return [
    ...gaps(stores),
    ...fences(stores),
    ...doubled(log),
    ...bots.flatMap((bot) => spoken(bot, log)),
    ...(await misbound(stores, bots)),
    ...strays(log),
    ...(await replays(stores, bots)),
    ...(await biographies(stores, log)),
  ];
}

function gaps({ tables }: Stores): string[] {
  return [...tables.events].flatMap(([id, events]) =>
    events.flatMap(({ version }, i) =>
      version === i + 1 ? [] : [`${id}: version ${version} stands at place ${i + 1}`],
    ),
  );
}

/** Along each log the fences never go back, and at the moment of each commit nobody had a newer one. */
function fences({ accepted }: Stores): string[] {
  const newest = new Map<WorldId, number>();
  return accepted.flatMap(({ worldId, version, fence, fenceOfLease }) => {
    const before = newest.get(worldId) ?? 0;
    newest.set(worldId, Math.max(before, fence));
    return [
      ...(fence === fenceOfLease
        ? []
        : [`${worldId}: version ${version} has fence ${fence}, the owner ${fenceOfLease}`]),
      ...(fence >= before ? [] : [`${worldId}: version ${version} has fence ${fence} after ${before}`]),
    ];
  });
}

/** A command has each of its effects once; nobody says the same line twice, and nobody is told it twice. */
function doubled(log: readonly Witnessed[]): string[] {
  const deeds = log.flatMap(({ event, metadata: { actorId, commandId, inputId } }) => [
    // Whoever had left to go on as another character, which nobody saw to, has come back and left again.
    ...(commandId === undefined || inputId?.startsWith("redo:") === true
      ? []
      : [`${actorId} has done ${commandId} (${event.type})`]),
    ...(event.type === "spoke" ? [`${event.characterId} has said "${event.text}"`] : []),
    ...(event.type === "heard" ? [`${event.toCharacterId} has heard "${event.text}"`] : []),
  ]);
  const seen = new Set<string>();
  return deeds.flatMap((deed) => (seen.has(deed) ? [`${deed} twice`] : (seen.add(deed), [])));
}

const wordsOf = ({ text }: Command): string => text.split(" ").at(-1) ?? "";

/** What a bot was told that it said, it has said; what it has said at all is in the log; and in the order in which that came to be known. */
function spoken(bot: Bot, log: readonly Witnessed[]): string[] {
  const place = new Map<string, number>();
  for (const [i, { event }] of log.entries()) {
    if (event.type === "spoke" && bot.characterIds.includes(event.characterId)) place.set(event.text, i);
    if (event.type === "messageSent" && event.message.input.type === "hear") place.set(event.message.input.text, i);
  }
  const placeOf = (command: Command): number => place.get(wordsOf(command)) ?? NaN;
  const lines = bot.commands.filter(({ text }) => /^(?:say|tell)/u.test(text));
  const lost = lines.flatMap((command) => {
    if (place.has(wordsOf(command))) return [];
    if (command.isTold) return [`${bot.username} was told "${command.text}", which is lost`];
    // Where nothing is sent again, what came to no stream was never accepted.
    const isAccepted = bot.sendsAgain || command.landed !== null;
    return command.text.startsWith("say") && isAccepted ? [`${bot.username} has never said "${command.text}"`] : [];
  });
  // Whether a `tell` is refused depends on who is there: refused, and delivered again, it may be heard after what came later.
  const said = lines.filter(({ text, sends }) => text.startsWith("say") && sends.length === 1);
  const swapped = said.flatMap((later, i) =>
    said
      .slice(0, i)
      .filter((earlier) => isBefore(earlier, later) && placeOf(earlier) > placeOf(later))
      .map((earlier) => `${bot.username} has said "${later.text}" before "${earlier.text}"`),
  );
  // Also not by two of his characters.
  const words = new Set(lines.map(wordsOf));
  const times = Map.groupBy(
    log.flatMap(({ event }) => (event.type === "spoke" && words.has(event.text) ? [event.text] : [])),
    (text) => text,
  );
  const doubles = [...times].flatMap(([text, all]) =>
    all.length > 1 ? [`${bot.username} has said "${text}" twice`] : [],
  );
  return [...lost, ...swapped, ...doubles];
}

/**
 * One was in the stream before the other was sent, to the same world, where its character was, and on the same socket. Otherwise the network
 * may put them in any order.
 */
function isBefore(one: Command, other: Command): boolean {
  return (
    one.landed?.wasThere === true &&
    one.landed.atMs <= other.sends[0]!.atMs &&
    one.landed.worldId === other.landed?.worldId &&
    one.leg === other.leg &&
    one.sends[0]!.connectionId === other.sends[0]!.connectionId
  );
}

/** Every socket is registered as somebody who is there, for the world that he is in. */
async function misbound({ connections, tables }: Stores, bots: readonly Bot[]): Promise<string[]> {
  const found = bots.map(async ({ username, connectionId, characterIds }) => {
    const bound = connectionId === null ? null : await connections.get(connectionId);
    if (!bound || !characterIds.includes(bound.characterId)) return [`${username}'s socket is not registered`];
    const row = tables.characters.get(bound.characterId);
    if (row?.worldId === bound.worldId && row.travels === bound.travels) return [];
    return [`${username}'s socket is bound to ${bound.worldId}, and its character is in ${row?.worldId}`];
  });
  return (await Promise.all(found)).flat();
}

/** Everyone is in one world at a time. */
function strays(log: readonly Witnessed[]): string[] {
  const at = new Map<string, WorldId>();
  return log.flatMap(({ event, worldId }) => {
    if (event.type === "entered" || event.type === "arrived") {
      const before = at.get(event.body.id);
      at.set(event.body.id, worldId);
      return before === undefined ? [] : [`${event.body.id} came to ${worldId} and was in ${before}`];
    }
    if (event.type === "left" || event.type === "departed") {
      const before = at.get(event.characterId);
      at.delete(event.characterId);
      return before === worldId ? [] : [`${event.characterId} left ${worldId} and was in ${before}`];
    }
    return [];
  });
}

/**
 * The streams of characters say the same as the logs of worlds, event by event, and lead to where the rows say that everyone is: in one world,
 * and on no way, now that everything has come to rest.
 */
async function biographies({ tables, characterLog }: Stores, log: readonly Witnessed[]): Promise<string[]> {
  const found: string[] = [];
  for (const [id, row] of tables.characters) {
    const stream = tables.biographies.get(id) ?? [];
    const told = stream.flatMap(({ type, payload, metadata }) => {
      const { worldVersion } = metadata as BiographyMetadata;
      return comings.has(type) ? [`${type} ${(payload as { worldId: WorldId }).worldId} ${worldVersion}`] : [];
    });
    const happened = log.flatMap(({ event, worldId, version }) => {
      const who = "body" in event ? event.body.id : "characterId" in event ? event.characterId : null;
      return comings.has(event.type) && who === id ? [`${event.type} ${worldId} ${version}`] : [];
    });
    if (told.join("; ") !== happened.join("; "))
      found.push(`the stream of ${id} has [${told.join("; ")}], the logs of the worlds [${happened.join("; ")}]`);
    const life = await readBiography(characterLog, id);
    const { worldId, travels, hasArrived } = row;
    if (life === null || life.worldId !== worldId || life.travels !== travels)
      found.push(
        `the stream of ${id} leads to ${life?.worldId}, ${life?.travels} travels, its row says ${worldId}, ${travels}`,
      );
    // Nobody in these histories picks anything up or lets go of it, so nothing may be lost or doubled on the way.
    const was = life?.version === 1 ? null : belongingsOf(firstLife(row));
    if (was !== null && canonicalJson(life?.belongings) !== canonicalJson(was))
      found.push(`${id} has ${JSON.stringify(life?.belongings)} and had ${JSON.stringify(was)}`);
    if (row.life !== null && was !== null && canonicalJson(belongingsOf(row.life)) !== canonicalJson(was))
      found.push(`the row of ${id} has ${JSON.stringify(belongingsOf(row.life))} and had ${JSON.stringify(was)}`);
    if (!hasArrived || life?.whereabouts === "travelling") found.push(`${id} is in no world`);
  }
  return found;
}

const comings: ReadonlySet<string> = new Set(["entered", "left", "departed", "arrived"]);

/** The log alone leads to what was stored of it, and puts each character where the tables say that it is. */
async function replays({ worldLog, tables, connections }: Stores, bots: readonly Bot[]): Promise<string[]> {
  const found: string[] = [];
  const whereabouts = new Map<string, WorldId[]>();
  for (const id of worldIds) {
    const { world, checks } = await replayWorld(worldLog, id);
    for (const { version, stored, replayed } of checks)
      if (stored !== replayed) found.push(`${id}: the replay of version ${version} is not what was stored`);
    for (const body of world.state.bodies.keys()) whereabouts.set(body, [...(whereabouts.get(body) ?? []), id]);
    for (const message of world.state.outbound.keys()) found.push(`${id}: ${message} was never confirmed`);
  }
  for (const { username, characterIds, connectionId } of bots) {
    const bound = connectionId === null ? null : await connections.get(connectionId);
    for (const characterId of characterIds) {
      const row = tables.characters.get(characterId)?.worldId ?? lobbyWorldId;
      const ids = whereabouts.get(characterId) ?? [];
      // Whom the player is not just now may be asleep.
      const isRight = ids.length === 1 ? ids[0] === row : ids.length === 0 && bound?.characterId !== characterId;
      if (!isRight) found.push(`${username} is in [${ids.join()}] as ${characterId}, and its row says ${row}`);
    }
  }
  return found;
}
