import type { Biography } from "#core/character/biography/model.ts";
import type { CharacterId } from "#core/lib/ids.ts";
import type { CharacterHistoryResponse, CharacterPastResponse, HistoryPage } from "#core/protocol/character-history.ts";

export function historyResponse(id: CharacterId, { events, next }: HistoryPage): CharacterHistoryResponse {
  return {
    character_id: id,
    events: events.map(({ version, event: { type, ...payload }, metadata: { atMs, worldVersion } }) => ({
      version,
      type,
      at: time(atMs),
      ...(worldVersion !== undefined && { world_version: worldVersion }),
      payload,
    })),
    next,
  };
}

export function pastResponse(id: CharacterId, past: Biography): CharacterPastResponse {
  const { version, name, role, species, attributes, variance, whereabouts, position } = past;
  const { appearance, description, occupation } = past;
  return {
    character_id: id,
    version,
    at: time(past.atMs),
    created_at: time(past.bornAtMs),
    name,
    role,
    species,
    attributes,
    variance,
    whereabouts,
    ...(appearance !== null && { appearance }),
    ...(description !== null && { description }),
    ...(occupation !== null && { occupation }),
    home_world_id: past.homeWorldId,
    world_id: past.worldId,
    ...past.belongings,
    position_x: position.x,
    position_y: position.y,
    position_z: position.z,
  };
}

function time(ms: number): string {
  return new Date(ms).toISOString();
}
