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

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
  return uuid.test(text);
}

export const lobbyWorldId = "00000000-0000-0000-0000-000000000000" as WorldId;
export const valleyWorldId = "00000000-0000-0000-0000-000000000001" as WorldId;
export const sphereWorldId = "00000000-0000-0000-0000-000000000002" as WorldId;
