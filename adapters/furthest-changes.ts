import type { CharacterChange } from "#core/ports/world-log.ts";

/** One change a character, with the events of all of its changes; in one order, so that two worlds rarely wait for each other. */
export function furthestChanges(changes: readonly CharacterChange[]): CharacterChange[] {
  const kept = new Map<string, CharacterChange>();
  for (const change of changes) {
    const other = kept.get(change.id);
    const further = other === undefined || change.travels >= other.travels ? change : other;
    // A life that is not told again is still the one that was told.
    const known = other?.life !== undefined && further === change ? { life: other.life, ...change } : further;
    const biography = [...(other?.biography ?? []), ...(change.biography ?? [])];
    kept.set(change.id, biography.length === 0 ? known : { ...known, biography });
  }
  return [...kept.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
}
