import type { AuditEvent, AuditRecord } from "../account/audit.ts";
import type { UserId } from "../lib/ids.ts";

export type Audit = {
  /** Kept when it resolves. Never rejects: what cannot be kept is logged, and refuses nobody. */
  record(event: AuditEvent): Promise<void>;
  /** Newest first. */
  list(query: { readonly userId: UserId | null; readonly limit: number }): Promise<AuditRecord[]>;
  /** Deletes those from before a moment among the `limit` first; answers how many. */
  deleteBefore(beforeMs: number, limit: number): Promise<number>;
};
