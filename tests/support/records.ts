import type { CharacterRecord } from "#core/character/model.ts";
import type { CharacterId, NpcId, SessionId, UserId, WorldId } from "#core/lib/ids.ts";
import type { NewAccount } from "#core/ports/accounts.ts";
import type { WorldRecord } from "#core/world/spec.ts";

// Records as they could be, told apart by a number. Ids are the same on every run.

export const startMs = Date.UTC(2030, 0, 1);

const uuid = (kind: string, number: number) => `${kind}0000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

export const userId = (number: number) => uuid("a", number) as UserId;
export const characterId = (number: number) => uuid("c", number) as CharacterId;
export const worldId = (number: number) => uuid("e", number) as WorldId;
export const npcId = (number: number) => uuid("a", number) as NpcId;
export const sessionId = (number: number) => uuid("5", number) as SessionId;

export function newAccount(number: number, changes: Partial<NewAccount> = {}): NewAccount {
  return {
    id: userId(number),
    email: `player${number}@example.org`,
    username: `Player${number}`,
    createdAtMs: startMs + number,
    passwordHash: `hash of ${number}`,
    ...changes,
  };
}

export function worldRecord(number: number, changes: Partial<WorldRecord> = {}): WorldRecord {
  return {
    id: worldId(number),
    name: `World ${number}`,
    ownerId: null,
    status: "active",
    spec: {
      version: 1,
      seed: 4_000_000_000 + number,
      shape: "spherical",
      radiusM: 6_371_000.125,
      bounds: null,
      stepM: 1,
      ground: "land",
      theme: "quiet",
      spawn: { position: { x: 0.1, y: -2.5, z: 0 }, orientation: { x: 0, y: 1, z: 0 } },
      sky: { dayLengthS: 86_400, daysPerYear: 360, axialTiltRad: 0.41, latitudeRad: 0 },
      dilation: 1,
      features: [
        {
          kind: "portal",
          id: "home",
          name: "gate",
          position: { x: 1, y: 2, z: 3 },
          destination: null,
          description: "It is dark.",
        },
      ],
    },
    createdAtMs: startMs + number,
    ...changes,
  };
}

/** Of user `number`, at home in world 1. */
export function characterRecord(number: number, changes: Partial<CharacterRecord> = {}): CharacterRecord {
  return {
    id: characterId(number),
    userId: userId(number),
    homeWorldId: worldId(1),
    worldId: worldId(1),
    travels: 0,
    hasArrived: true,
    name: `Ana ${number}`,
    role: "player",
    species: "Human",
    appearance: "tall ‹and› thin 🦊",
    description: null,
    occupation: null,
    attributes: null,
    position: { x: 1.5, y: -0.1, z: 1e-9 },
    orientation: { x: 0, y: 1, z: 0 },
    isFlying: false,
    stamina: null,
    health: null,
    life: null,
    createdAtMs: startMs + number,
    lastPlayedAtMs: null,
    ...changes,
  };
}
