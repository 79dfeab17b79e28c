import type { Metrics } from "#core/protocol/metrics.ts";

export type RecordedMetrics = Metrics & {
  /** A counter's or gauge's value, or how often a histogram was given one; 0 where nothing was. */
  valueOf(name: string, labels?: Readonly<Record<string, string>>): number;
};

/** Remembers what it is told, for tests and for whoever has nobody that reads it. */
export function recordedMetrics(): RecordedMetrics {
  const values = new Map<string, number>();
  const key = (name: string, labels: object) => JSON.stringify([name, ...Object.entries(labels).flat()]);
  const add = (name: string, labels: object, by: number) => {
    values.set(key(name, labels), (values.get(key(name, labels)) ?? 0) + by);
  };
  return {
    count: (name, labels, by = 1) => add(name, labels, by),
    set: (name, labels, value) => void values.set(key(name, labels), value),
    observe: (name, labels) => add(name, labels, 1),
    valueOf: (name, labels = {}) => values.get(key(name, labels)) ?? 0,
  };
}

/** For a process that nobody can come and ask. */
export const noMetrics: Metrics = { count() {}, set() {}, observe() {} };
