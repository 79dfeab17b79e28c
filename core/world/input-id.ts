import { stateHash } from "../lib/hash.ts";
import { type CharacterId, type InputId, uuidFrom } from "../lib/ids.ts";

// A stream takes an id once, so what is sent on needs a new one every time; who applies it must still know it again. All that worlds add to
// an id stands before it: what a client calls its commands comes last, and cannot pass for anything else.

const sentOn = /^(?:on\d+:|again\d*:)+/u;
const tries = /^again(\d*):/u;
const hops = /^(?:again\d*:)?on(\d+):/u;
const redone = /^redo:/u;

/** The same for one input, however often it was sent on. */
export function identityOf(id: InputId): InputId {
  return id.replace(sentOn, "") as InputId;
}

/** The name for the next hop; null after `hopsMax` of them: it is chasing somebody who does not stand still. */
export function onwardId(id: InputId): InputId | null {
  const next = Number(hops.exec(id)?.[1] ?? 0) + 1;
  return next > hopsMax ? null : (`on${next}:${id.replace(sentOn, "")}` as InputId);
}

export const hopsMax = 32;

/** In the same world once more, when more is known; null after `triesMax` of them. */
export function againId(id: InputId): InputId | null {
  const next = triesOf(id) + 1;
  return next > triesMax ? null : (`again${next === 1 ? "" : next}:${beforeAgain(id)}` as InputId);
}
export const isAgain = (id: InputId): boolean => tries.test(id);
/** As it first came to this world. */
export const beforeAgain = (id: InputId): InputId => id.replace(tries, "") as InputId;

export const triesMax = 8;

function triesOf(id: InputId): number {
  const found = tries.exec(id)?.[1];
  return found === undefined ? 0 : Number(found || 1);
}

/** What was begun and may not have been finished, as another input. */
export const redoId = (id: InputId): InputId => `redo:${id}` as InputId;
export const begunAs = (id: InputId): InputId => id.replace(redone, "") as InputId;

export const travelId = (id: InputId): InputId => `travel:${id}` as InputId;
export const tellId = (id: InputId): InputId => `tell:${id}` as InputId;
export const settledId = (id: InputId): InputId => `settled:${id}` as InputId;
export const switchId = (id: InputId): InputId => `switch:${id}` as InputId;
export const isSwitch = (id: InputId): boolean => id.startsWith("switch:");
export const thenId = (id: InputId): InputId => `then:${id}` as InputId;

export const wakeId = (id: InputId): InputId => `wake:${id}` as InputId;
export const isWake = (id: InputId): boolean => id.startsWith("wake:");

/** What a client calls one command of one character. */
export const commandInputId = (characterId: CharacterId, commandId: string): InputId =>
  `${characterId}:${commandId}` as InputId;
export const commandIdIn = (id: InputId, characterId: CharacterId): string | null =>
  id.startsWith(`${characterId}:`) ? id.slice(characterId.length + 1) : null;

/** Who is made by a command: the same whenever it is done again. */
export function bornBy(id: InputId): CharacterId {
  const hex = stateHash(["born", identityOf(id)]) + stateHash([identityOf(id), "born"]);
  const word = (index: number): number => Number.parseInt(hex.slice(index * 8, index * 8 + 8), 16);
  return uuidFrom([word(0), word(1), word(2), word(3)], 8) as CharacterId;
}
