import { expect, test } from "vitest";
import { schemaVersionOf, upcast, type Upcasters } from "./upcast.ts";

const upcasters: Upcasters<"moved" | "spoke"> = {
  moved: [
    ({ x, y, ...rest }) => ({ ...rest, position: { x, y } }),
    ({ position, ...rest }) => ({ ...rest, position: { ...(position as object), z: 0 } }),
  ],
};
const stored = (type: string, schemaVersion: number, payload: object) => ({ version: 7, type, schemaVersion, payload });

test("what is written has the version after the last change of its shape", () => {
  expect(schemaVersionOf(upcasters, "moved")).toBe(3);
  expect(schemaVersionOf(upcasters, "spoke")).toBe(1);
});

test.each([
  [1, { who: "ana", x: 1, y: 2 }],
  [2, { who: "ana", position: { x: 1, y: 2 } }],
  [3, { who: "ana", position: { x: 1, y: 2, z: 0 } }],
])("a payload of version %i comes up to today's shape", (schemaVersion, payload) => {
  expect(upcast(upcasters, stored("moved", schemaVersion, payload))).toEqual({
    who: "ana",
    position: { x: 1, y: 2, z: 0 },
  });
});

test("what was stored is not changed", () => {
  const payload = Object.freeze({ who: "ana", position: Object.freeze({ x: 1, y: 2 }) });
  upcast(upcasters, stored("moved", 2, payload));
  expect(payload).toEqual({ who: "ana", position: { x: 1, y: 2 } });
});

test("a type that never changed passes as it is", () => {
  const payload = { text: "hello" };
  expect(upcast(upcasters, stored("spoke", 1, payload))).toBe(payload);
});

test.each([
  ["moved", 4],
  ["spoke", 2],
])("%s of a newer release is refused", (type, schemaVersion) => {
  expect(() => upcast(upcasters, stored(type, schemaVersion, {}))).toThrow(
    `event ${type} at version 7 was written by a newer release (schema ${schemaVersion})`,
  );
});
