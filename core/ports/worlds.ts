import type { UserId, WorldId } from "../lib/ids.ts";
import type { WorldFault, WorldLife, WorldRecord } from "../world/spec.ts";
import type { NewEvent } from "./world-log.ts";

export type Worlds = {
  /** Does nothing where the id is there already. */
  createIfAbsent(world: WorldRecord): Promise<void>;
  /**
   * Atomic, with the first events of its log: of several that race for one name (as `nameKey` has it), exactly one wins. The name of a world
   * that is deleted is free again. "exists": this id was given before, and nothing changes. The world is asleep until somebody wants it; one
   * that is "generating" is awake, so that an owner makes its planet.
   */
  create(world: WorldRecord, firstEvents: readonly NewEvent[]): Promise<"created" | "exists" | "name-taken">;
  /** null also for one that is deleted, as if it had never been; so for all that follow. */
  get(id: WorldId): Promise<WorldRecord | null>;
  /** Those that are there, in no order. */
  getMany(ids: readonly WorldId[]): Promise<WorldRecord[]>;
  /** Oldest first, the lobby before all. */
  list(): Promise<WorldRecord[]>;
  /** Those of one owner, newest first, at most `limit`. */
  newestOf(ownerId: UserId, limit: number): Promise<WorldRecord[]>;
  /** In the order of `list`, after one of them; null for the first. */
  page(after: Pick<WorldRecord, "id" | "createdAtMs"> | null, limit: number): Promise<WorldRecord[]>;
  /**
   * Tells the registry what its log says. What is older than what it knows changes nothing. "deleted": the world leaves every list and frees
   * its name, who is a guest there finds himself at home, and who is at home there is deleted; its log and its snapshots stay.
   */
  follow(id: WorldId, life: WorldLife): Promise<void>;
  /** null: it is well. A quarantined world is given to no owner. */
  setFault(id: WorldId, fault: WorldFault | null): Promise<void>;
};

export type WorldNames = {
  /** Whether no world is called that, as `nameKeyOf` compares names. Somebody may take it right after: only `Worlds.create` gives a name. */
  isFree(name: string): Promise<boolean>;
};
