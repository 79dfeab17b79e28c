import type { CharacterRecord } from "../character/model.ts";
import type { CharacterId } from "../lib/ids.ts";
import { gameTimeMs } from "./clock.ts";
import { bodyOf } from "./decide/presence.ts";
import { describePlace } from "./describe.ts";
import type { Scene } from "./scene.ts";

/** What the place looks like to someone who is here, or whose row says that this is where they would wake up; null for others. */
export function lookAs(scene: Omit<Scene, "gameMs">, id: CharacterId, record: CharacterRecord | null): string | null {
  const full: Scene = { ...scene, gameMs: gameTimeMs(scene.state.clock, scene.nowMs) };
  const body = scene.state.bodies.get(id) ?? (record?.worldId === scene.place.id ? bodyOf(record, full) : undefined);
  return body ? describePlace(full, body) : null;
}
