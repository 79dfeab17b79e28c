import type { Audit } from "#core/ports/audit.ts";
import type { MemoryTables } from "./tables.ts";

export function memoryAudit({ audit }: Pick<MemoryTables, "audit">): Audit {
  return {
    async record(event) {
      audit.push({ ...event, number: (audit.at(-1)?.number ?? 0) + 1 });
    },
    async list({ userId, limit }) {
      return audit
        .filter((each) => userId === null || each.userId === userId)
        .toReversed()
        .slice(0, limit);
    },
    async deleteBefore(beforeMs, limit) {
      const kept = audit.filter(({ atMs }, at) => at >= limit || atMs >= beforeMs);
      return audit.splice(0, audit.length, ...kept).length - kept.length;
    },
  };
}
