import { customType } from "drizzle-orm/pg-core";

/** A moment, in the code as milliseconds since 1970. */
export const instant = customType<{ data: number; driverData: string }>({
  dataType: () => "timestamp (3) with time zone",
  toDriver: (ms) => new Date(ms).toISOString(),
  fromDriver: (text) => new Date(text).getTime(),
});

/** drizzle's own `geometry()` is two-dimensional. Only the database reads and writes it. */
export const pointZ = customType<{ data: string }>({ dataType: () => "geometry(PointZ)" });

/**
 * `json`, not `jsonb`, which would reorder keys: what a world is made or remembered from must come back as it was written. Not drizzle's own
 * `json()` either, which parses a text inside a second time.
 */
export const exactJson = customType<{ data: unknown; driverData: unknown }>({
  dataType: () => "json",
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (parsed) => parsed,
});
