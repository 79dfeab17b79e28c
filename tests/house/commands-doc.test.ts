import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { manual } from "#core/command/manual.ts";

test("docs/commands.md says what the registry says (else: node scripts/commands-doc.ts)", () => {
  expect(readFileSync(join(import.meta.dirname, "../../docs/commands.md"), "utf8")).toBe(manual());
});
