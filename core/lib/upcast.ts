import { assert } from "./assert.ts";

/**
 * For every type of event the ways up, one per change of its payload's shape: the first takes a payload of schema version 1 to 2, the next
 * from 2 to 3. Pure, and written for ever: what is in a log is never rewritten.
 */
export type Upcasters<Type extends string = string> = Readonly<
  Partial<Record<Type, readonly ((payload: Readonly<Record<string, unknown>>) => object)[]>>
>;

/** What is written today. */
export function schemaVersionOf<Type extends string>(upcasters: Upcasters<Type>, type: Type): number {
  return 1 + (upcasters[type]?.length ?? 0);
}

type Stored = {
  readonly version: number;
  readonly type: string;
  readonly schemaVersion: number;
  readonly payload: unknown;
};

/** The payload in the shape of today. Fails on what a newer release has written: to guess at it would write a wrong world. */
export function upcast(upcasters: Upcasters, { version, type, schemaVersion, payload }: Stored): unknown {
  const newest = schemaVersionOf(upcasters, type);
  assert(
    schemaVersion <= newest,
    `event ${type} at version ${version} was written by a newer release (schema ${schemaVersion})`,
  );
  const waysUp = upcasters[type]?.slice(schemaVersion - 1) ?? [];
  return waysUp.reduce<unknown>((shape, up) => up(shape as Readonly<Record<string, unknown>>), payload);
}
