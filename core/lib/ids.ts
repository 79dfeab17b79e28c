declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

export type UserId = Id<"UserId">;
export type CharacterId = Id<"CharacterId">;
export type WorldId = Id<"WorldId">;
/** Of somebody who lives in a world without a player. */
export type NpcId = Id<"NpcId">;
export type SessionId = Id<"SessionId">;
/** Given by API Gateway; opaque, not a UUID. */
export type ConnectionId = Id<"ConnectionId">;
/** Names one input to a world for ever: the key of deduplication. */
export type InputId = Id<"InputId">;
/** Of one thing or one pile of like things, the same wherever it goes. */
export type ItemId = Id<"ItemId">;
/** Of one animal, wild or put there. */
export type AnimalId = Id<"AnimalId">;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
  return uuid.test(text);
}

/** A UUID of 128 given bits, but for the six that say what it is. Version 8: made by a rule of our own (RFC 9562). */
export function uuidFrom(words: readonly [number, number, number, number], version: 4 | 8): string {
  const hex = words.map((word) => word.toString(16).padStart(8, "0")).join("");
  const variant = "89ab"[Number.parseInt(hex.charAt(16), 16) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `${version}${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join("-");
}

export const lobbyWorldId = "00000000-0000-0000-0000-000000000000" as WorldId;
export const valleyWorldId = "00000000-0000-0000-0000-000000000001" as WorldId;
export const sphereWorldId = "00000000-0000-0000-0000-000000000002" as WorldId;
