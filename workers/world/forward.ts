import type { CharacterRecord } from "#core/character/model.ts";
import { AppError } from "#core/lib/errors.ts";
import type { Connection } from "#core/ports.ts";
import type { InputOf } from "#core/protocol/world-input.ts";
import type { Absent } from "#core/world/advance.ts";
import { againId, begunAs, isAgain, onwardId, wakeId } from "#core/world/input-id.ts";
import type { MessengerParts } from "./messenger.ts";
import { rebind } from "./send-players.ts";

/** What is for someone who is not here (any more) follows him. Answers with what does so; that may be done again when it failed. */
export function forward(parts: MessengerParts, input: Absent): () => Promise<void> {
  if (input.type === "command") return () => forwardCommand(parts, input);
  if (input.type === "hear") return () => forwardWords(parts, input);
  // It was opened for somebody who is not here.
  void parts.teller.close(input.characterId);
  return () => forwardSocket(parts, input);
}

/** The player has gone on to another world, or another character; so do his words. Someone who fell asleep here is woken. */
async function forwardCommand(parts: MessengerParts, input: InputOf<"command">): Promise<void> {
  const { ctx, place, inbox } = parts;
  const connection = await ctx.connections.get(input.connectionId);
  if (!connection) return followCharacter(parts, input);
  const { id: connectionId, characterId, worldId, userId, protocol } = connection;
  if (worldId !== place.id || characterId !== input.characterId) {
    const id = onwardId(input.id);
    if (id !== null) await ctx.inputs.append(worldId, { ...input, id, characterId });
    return;
  }
  const character = await ctx.characters.get(characterId);
  const home = character?.worldId ?? place.id;
  const id = onwardId(input.id);
  if (home === place.id) assertArrived(character);
  if (id === null || (home === place.id && isAgain(input.id))) return;
  const nextNumber = input.number > 0 ? input.number : (inbox.nextNumber(connectionId) ?? 1);
  const socket = { connectionId, characterId, userId, protocol, nextNumber };
  await ctx.inputs.append(home, { type: "connected", id: wakeId(input.id), ...socket });
  await ctx.inputs.append(home, { ...input, id: home === place.id ? againId(input.id) : id });
  if (home !== place.id)
    await rebind(parts, connection, { characterId, name: connection.characterName, worldId: home });
}

/** The socket it was typed on is gone. It was taken, and the stream takes it no second time: it goes where its character is. */
async function followCharacter({ ctx, place }: MessengerParts, input: InputOf<"command">): Promise<void> {
  const character = await ctx.characters.get(input.characterId);
  const isBegun = begunAs(input.id) !== input.id;
  const id = onwardId(input.id);
  if (!character || isBegun || id === null) return;
  if (character.worldId !== place.id) return ctx.inputs.append(character.worldId, { ...input, id });
  assertArrived(character);
  // Who is asleep is not woken: nobody is there.
  if (!isAgain(input.id)) await ctx.inputs.append(place.id, { ...input, id: againId(input.id) });
}

/** Somebody connected here and is in another world: it was on its way while its row was read. */
async function forwardSocket(parts: MessengerParts, input: InputOf<"connected">): Promise<void> {
  const { ctx, place } = parts;
  const connection = await ctx.connections.get(input.connectionId);
  const id = onwardId(input.id);
  if (connection?.worldId !== place.id || connection.characterId !== input.characterId || id === null) return;
  const worldId = await worldOf(parts, connection);
  if (worldId === place.id) return;
  await ctx.inputs.append(worldId, { ...input, id });
  await rebind(parts, connection, { characterId: input.characterId, name: connection.characterName, worldId });
}

async function forwardWords({ ctx, place }: MessengerParts, input: InputOf<"hear">): Promise<void> {
  const [connection] = await ctx.connections.ofCharacters([input.toCharacterId]);
  const id = onwardId(input.id);
  if (!connection || connection.worldId === place.id || id === null) return;
  await ctx.inputs.append(connection.worldId, { ...input, id });
}

/** What somebody types ahead of himself, while he is on his way here, waits for him: it is tried again, as whatever fails. */
function assertArrived(character: CharacterRecord | null): void {
  if (character?.hasArrived === false) throw new AppError("UNAVAILABLE", "This character is still on its way here.");
}

async function worldOf({ ctx, place }: MessengerParts, { characterId }: Connection): Promise<Connection["worldId"]> {
  return (await ctx.characters.get(characterId))?.worldId ?? place.id;
}
