import { DrizzleQueryError } from "drizzle-orm/errors";
import { expect, test } from "vitest";
import { AppError } from "#core/lib/errors.ts";
import { appErrorOf, brokenUnique, guarded, isDeadlock } from "./errors.ts";

const coded = (code: string, fields: object = {}) => Object.assign(new Error("words"), { code, ...fields });
const byDrizzle = (cause: Error) => new DrizzleQueryError("select 1", [], cause);

test.each([
  [coded("ECONNREFUSED"), "UNAVAILABLE"],
  [coded("ECONNRESET"), "UNAVAILABLE"],
  [byDrizzle(coded("57P01")), "UNAVAILABLE"],
  [byDrizzle(coded("08006")), "UNAVAILABLE"],
  [coded("28P01"), "UNAVAILABLE"],
  [coded("53300"), "UNAVAILABLE"],
  [coded("40P01"), "UNAVAILABLE"],
  [new Error("Connection terminated unexpectedly"), "UNAVAILABLE"],
  [new Error("timeout exceeded when trying to connect"), "UNAVAILABLE"],
  [byDrizzle(new Error("Query read timeout")), "TIMEOUT"],
  [coded("57014"), "TIMEOUT"],
  [coded("55P03"), "TIMEOUT"],
  [coded("22021"), "INVALID_INPUT"],
])("%s is %s", (error, code) => {
  const mapped = appErrorOf(error);
  expect(mapped).toBeInstanceOf(AppError);
  expect(mapped?.code).toBe(code);
  expect(mapped?.cause).toBe(error);
  expect(mapped?.message).not.toContain("words");
});

test.each([[coded("42601")], [coded("23505")], [new TypeError("ours")], ["no error at all"]])(
  "%s is our bug and goes on as it is",
  async (error) => {
    expect(appErrorOf(error)).toBeNull();
    await expect(guarded(() => Promise.reject(error as Error))).rejects.toBe(error);
  },
);

test("an AppError stays itself", async () => {
  const error = new AppError("CONFLICT", "words");
  await expect(guarded(() => Promise.reject(error))).rejects.toBe(error);
});

test("a broken unique constraint is named, through whatever wraps it", () => {
  const broken = coded("23505", { constraint: "accounts_email_unique" });
  expect(brokenUnique(broken)).toBe("accounts_email_unique");
  expect(brokenUnique(byDrizzle(broken))).toBe("accounts_email_unique");
  expect(brokenUnique(coded("23503", { constraint: "a_foreign_key" }))).toBeNull();
  expect(brokenUnique(undefined)).toBeNull();
});

test("a deadlock is known even after it was mapped", () => {
  expect(isDeadlock(appErrorOf(byDrizzle(coded("40P01"))))).toBe(true);
  expect(isDeadlock(appErrorOf(coded("57P01")))).toBe(false);
});
