import { lobbyWorldId } from "../../lib/ids.ts";
import type { Traveller } from "../../protocol/world-input.ts";
import type { Facts, WorldSummary } from "../facts.ts";
import { portalNamed } from "../find.ts";
import { travelId } from "../input-id.ts";
import { healthLeft } from "../changes.ts";
import { type Body, recentCommandIdsMax } from "../model.ts";
import { witnesses } from "../perception.ts";
import { type Act, answer, type Decision, refuse, type Scene, type Telling, telling } from "../scene.ts";
import { staminaAt } from "../vitals.ts";

export function decideEnter(act: Act, facts: Facts): Decision {
  const { actor, scene, rest } = act;
  if (rest === "") return refuse(actor, "Enter what? Try `enter west`, or `worlds` for what there is.");
  const destination = facts.destination;
  const portal = portalNamed(scene.place.spec, actor, rest);
  if (portal?.destination === null) return refuse(actor, `The ${portal.name} is dark. Nothing lies behind it yet.`);
  if (!destination && portal)
    return refuse(actor, `${portal.destination.name} cannot be reached. Try again in a moment.`);
  // Who walked on in the same line stands before another portal than when it was looked up.
  if (portal && destination && portal.destination?.worldId !== destination.world.id)
    return refuse(actor, `You stand before the ${portal.name} now. Say \`enter\` again.`);
  if (!destination) return refuse(actor, `There is no portal or world "${rest}" here. \`worlds\` lists what there is.`);
  const isThere = destination.own === null || destination.own.id === actor.id;
  if (destination.world.id === scene.place.id && isThere)
    return refuse(actor, `You are in ${scene.place.name} already.`);
  return goTo(act, destination);
}

export function decideLobby(act: Act, facts: Facts): Decision {
  const { actor, scene } = act;
  if (scene.place.id === lobbyWorldId) return answer(actor, "info", "You are in the lobby already.");
  if (!facts.destination) return refuse(actor, "The way to the lobby is closed for now. Try again in a moment.");
  return goTo(act, facts.destination);
}

/** Whoever has someone of his own there goes on as that one, and says `thenSay` there; others walk over as they are. */
export function goTo(
  act: Act,
  { world, own }: NonNullable<Facts["destination"]>,
  thenSay: string | null = null,
): Decision {
  if (own !== null && own.id !== act.actor.id) return switchTo(act, world, { own, thenSay });
  return depart(act, world, { isVisitor: own === null && world.id !== lobbyWorldId });
}

type Own = Pick<Body, "id" | "name" | "travels"> & { readonly worldId: WorldSummary["id"] };

function switchTo(
  { scene, actor, inputId }: Act,
  world: WorldSummary,
  { own, thenSay }: { readonly own: Own; readonly thenSay: string | null },
): Decision {
  return {
    events: [{ type: "left", characterId: actor.id, reason: "switched" }],
    tell: () => [
      telling(actor.id, "movement", `The air folds around you. You go on as ${own.name} in ${world.name}.`, {
        world_id: world.id,
      }),
      ...toldOfLeaving(scene, actor),
    ],
    switch: {
      inputId,
      from: actor.id,
      to: { characterId: own.id, name: own.name, worldId: own.worldId, travels: own.travels },
      thenSay: thenSay ?? wayOn(world, own.worldId),
    },
  };
}

function wayOn(world: WorldSummary, from: WorldSummary["id"]): string | null {
  if (world.id === from) return null;
  return world.id === lobbyWorldId ? "lobby" : `enter ${world.name}`;
}

function depart(act: Act, world: WorldSummary, { isVisitor }: { isVisitor: boolean }): Decision {
  const { scene, actor } = act;
  const messageId = travelId(act.inputId);
  return {
    events: [
      {
        type: "departed",
        characterId: actor.id,
        messageId,
        fromWorldId: scene.place.id,
        toWorldId: world.id,
        traveller: travellerOf(act),
      },
    ],
    tell: () => [
      telling(actor.id, "movement", `You step through. ${scene.place.name} fades behind you.`, { world_id: world.id }),
      ...(isVisitor ? [entryOptions(actor, world)] : []),
      ...toldOfLeaving(scene, actor),
    ],
  };
}

/** A client that knows how offers to make a character of that world's own; the others just find themselves there. */
function entryOptions(actor: Body, world: WorldSummary): Telling {
  return telling(actor.id, "trigger_entry_options", `You come to ${world.name} as a visitor.`, { world_id: world.id });
}

export function toldOfLeaving(scene: Scene, actor: Body): Telling[] {
  return witnesses(scene, actor).map(({ id }) =>
    telling(id, "departure", `${actor.name} leaves.`, { character_id: actor.id, name: actor.name }),
  );
}

function travellerOf({ scene, actor, commandId }: Act): Traveller {
  const {
    id: characterId,
    userId,
    homeWorldId,
    name,
    role,
    species,
    appearance,
    description,
    attributes,
    isFlying,
  } = actor;
  return {
    characterId,
    userId,
    homeWorldId,
    travels: actor.travels + 1,
    name,
    role,
    species,
    appearance,
    description,
    attributes: attributes === null ? null : { ...attributes },
    isFlying,
    stamina: Math.floor(staminaAt(actor, scene.gameMs)),
    health: healthLeft(actor, scene.gameMs),
    life: actor.life ?? null,
    ...(actor.npcId !== undefined && { npcId: actor.npcId }),
    recentCommandIds: [...actor.recentCommandIds, ...(commandId === undefined ? [] : [commandId])].slice(
      -recentCommandIdsMax,
    ),
  };
}
