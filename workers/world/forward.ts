import type { CharacterRecord } from "#core/character/model.ts";
import { AppError } from "#core/lib/errors.ts";
import type { Connection } from "#core/ports/connections.ts";
import type { InputOf } from "#core/protocol/world-input.ts";
import type { Absent } from "#core/world/advance.ts";
import { againId, begunAs, isAgain, onwardId, wakeId } from "#core/world/input-id.ts";
import type { WorldState } from "#core/world/model.ts";
import type { MessengerParts } from "./messenger.ts";
import { rebind } from "./send-players.ts";

/** Finds out why someone is not here for whom something came. Answers with what does so; that may be done again when it failed. */
export function forward(parts: MessengerParts, input: Absent): () => Promise<void> {
  if (input.type === "command") {
    const isBegun = begunAs(input.id) !== input.id;
    return () => (isBegun ? beginAgain(parts, input) : forwardCommand(parts, input));
  }
  // It was opened for somebody who is not here.
  void parts.teller.close(input.characterId);
  return () => forwardSocket(parts, input);
}

/** Someone who fell asleep here is woken. In all other cases more is known when the command comes up again. */
async function forwardCommand(parts: MessengerParts, input: InputOf<"command">): Promise<void> {
  const { ctx, place } = parts;
  const connection = await ctx.connections.get(input.connectionId);
  if (connection && connection.characterId !== input.characterId) return onceMore(parts, input);
  const character = await ctx.characters.get(input.characterId);
  if (!character) return;
  if (character.worldId === place.id) assertArrived(character);
  if (connection) await bindTo(parts, connection, character);
  if (connection && character.worldId === place.id) await wake(parts, input, connection);
  await onceMore(parts, input);
}

/** The one character has left, and whether the player goes on as the other one is not known: if not, he comes back and does so again. */
async function beginAgain(parts: MessengerParts, input: InputOf<"command">): Promise<void> {
  const { ctx, place } = parts;
  const connection = await ctx.connections.get(input.connectionId);
  if (isAgain(input.id) || connection?.worldId !== place.id || connection.characterId !== input.characterId) return;
  const character = await ctx.characters.get(input.characterId);
  if (character?.worldId !== place.id) return;
  assertArrived(character);
  await wake(parts, input, connection);
  await onceMore(parts, input);
}

async function wake(parts: MessengerParts, input: InputOf<"command">, connection: Connection): Promise<void> {
  const { ctx, place, inbox } = parts;
  const { id: connectionId, characterId, userId, protocol } = connection;
  const { nextNumber = 1, ...used } = inbox.goingOn(connectionId, [input]);
  const socket = { connectionId, characterId, userId, protocol, nextNumber, ...used };
  await ctx.inputs.append(place.id, { type: "connected", id: wakeId(input.id), ...socket });
}

async function onceMore({ ctx, place }: MessengerParts, input: InputOf<"command">): Promise<void> {
  const id = againId(input.id);
  if (id !== null) return ctx.inputs.append(place.id, { ...input, id });
  ctx.log.error({ worldId: place.id, inputId: input.id }, "a command has found nobody to do it");
}

/** Somebody connected here and is in another world: it was on its way while its row was read. */
async function forwardSocket(parts: MessengerParts, input: InputOf<"connected">): Promise<void> {
  const { ctx, place } = parts;
  const connection = await ctx.connections.get(input.connectionId);
  const id = onwardId(input.id);
  if (connection?.characterId !== input.characterId || id === null) return;
  const character = await ctx.characters.get(input.characterId);
  if (!character || character.worldId === place.id) return;
  await ctx.inputs.append(character.worldId, { ...input, id });
  await bindTo(parts, connection, character);
}

/** Where its character is the connection goes, too, if it does not know that yet. */
export async function bindTo(parts: MessengerParts, connection: Connection, character: CharacterRecord): Promise<void> {
  const { id: characterId, name, worldId, travels } = character;
  if (connection.characterId === characterId && connection.travels < travels)
    await rebind(parts, connection, { characterId, name, worldId, travels });
}

/**
 * A command goes on to where its character is. So does the socket that it came from, where nobody has told it: it may have been registered for
 * a world that its character was just leaving.
 */
export async function guideSocket(parts: MessengerParts, input: InputOf<"command">, state: WorldState): Promise<void> {
  const { ctx, place, inbox } = parts;
  const connection = await ctx.connections.get(input.connectionId);
  if (connection?.worldId !== place.id) return;
  const isChanging = connection.characterId !== input.characterId && !state.bodies.has(connection.characterId);
  // The last owner died while its player was about to go on as another character: he is that one before his words are.
  if (isChanging) throw new AppError("UNAVAILABLE", onTheWay);
  if (connection.characterId !== input.characterId) return;
  const character = await ctx.characters.get(input.characterId);
  if (!character || character.worldId === place.id) return;
  const { id: connectionId, characterId, userId, protocol } = connection;
  const socket = { connectionId, characterId, userId, protocol, ...inbox.goingOn(connectionId, [input]) };
  await bindTo(parts, connection, character);
  await ctx.inputs.append(character.worldId, { type: "connected", id: wakeId(input.id), ...socket });
}

const onTheWay = "This character is still on its way here.";

/** What somebody types ahead of himself, while he is on his way here, waits for him: it is tried again, as whatever fails. */
function assertArrived(character: CharacterRecord): void {
  if (!character.hasArrived) throw new AppError("UNAVAILABLE", onTheWay);
}
