import { expect, test } from "vitest";
import { hostsFrom } from "#adapters/env/ai-variables.ts";
import { changed } from "./ai-settings.ts";

const limits = { waitingMax: 100, waitingPerUserMax: 10, tokensPerUserBurst: 1_000, tokensPerUserPerMinute: 500 };
const [a, b] = hostsFrom(["http://a:11434?parallel=4&name=a", "http://b:11434?name=b"]);
const before = { revision: 7, hosts: [a!, { ...b!, isDraining: true }], limits };

test("only what is named changes, and the revision is the next one", () => {
  expect(changed(before, { "waiting-max": "200", "tokens-per-minute": "9" })).toEqual({
    ...before,
    revision: 8,
    limits: { ...limits, waitingMax: 200, tokensPerUserPerMinute: 9 },
  });
  expect(changed(before, { drain: "a", undrain: "b" }).hosts).toEqual([{ ...a, isDraining: true }, b]);
});

test("other hosts take the place of all; one that drains goes on draining where it is still named", () => {
  const next = changed(before, { hosts: "http://c:11434?name=c, http://b:11434?parallel=2&name=b" });
  expect(next.hosts).toMatchObject([
    { id: "c", slotsPerModel: 1, isDraining: false },
    { id: "b", slotsPerModel: 2, isDraining: true },
  ]);
  expect(changed(before, { hosts: "" }).hosts).toEqual([]);
});

test.each([
  [{ drain: "gpu-9" }, /^There is no host "gpu-9": a, b\.$/u],
  [{ hosts: "localhost" }, /^--hosts: must be URLs/u],
  [{ "waiting-max": "0" }, /^limits\.waitingMax: /u],
  [{ "waiting-max": "many" }, /^--waiting-max must be a whole number\.$/u],
])("%j is refused in words", (values, words) => {
  expect(() => changed(before, values)).toThrow(
    expect.objectContaining({ name: "UsageError", message: expect.stringMatching(words) }),
  );
});
