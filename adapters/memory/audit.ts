import type { Audit } from "#core/ports.ts";
import type { MemoryTables } from "./tables.ts";

export function memoryAudit({ audit }: Pick<MemoryTables, "audit">): Audit {
  return {
    async record(event) {
      audit.push({ ...event, number: audit.length + 1 });
    },
    async list({ userId, limit }) {
      return audit
        .filter((each) => userId === null || each.userId === userId)
        .toReversed()
        .slice(0, limit);
    },
  };
}
