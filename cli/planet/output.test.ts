import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openOutput } from "./output.ts";

let directory = "";
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "planet-output-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const never = new AbortController().signal;

describe("the output", () => {
  test("appears all at once, over what was there, and leaves nothing else", async () => {
    await writeFile(join(directory, "a.txt"), "old");
    {
      await using output = await openOutput(directory);
      await output.write("a.txt", "new");
      await output.writeRows(
        "rows.csv",
        Array.from({ length: 2500 }, (_, i) => String(i)),
        never,
      );
      expect(await readFile(join(directory, "a.txt"), "utf8")).toBe("old");
      await output.publish();
    }
    expect((await readdir(directory)).toSorted()).toEqual(["a.txt", "rows.csv"]);
    expect(await readFile(join(directory, "a.txt"), "utf8")).toBe("new");
    const rows = (await readFile(join(directory, "rows.csv"), "utf8")).split("\n");
    expect(rows).toHaveLength(2501);
    expect(rows.slice(-2)).toEqual(["2499", ""]);
  });

  test("that is never published leaves what was there", async () => {
    await writeFile(join(directory, "a.txt"), "old");
    {
      await using output = await openOutput(directory);
      await output.write("a.txt", "new");
    }
    expect(await readdir(directory)).toEqual(["a.txt"]);
    expect(await readFile(join(directory, "a.txt"), "utf8")).toBe("old");
  });

  test("stops in the middle of rows", async () => {
    await using output = await openOutput(directory);
    const stopping = new AbortController();
    function* endless() {
      for (let i = 0; ; i++) yield String(i);
    }
    setImmediate(() => stopping.abort());
    await expect(output.writeRows("rows.csv", endless(), stopping.signal)).rejects.toThrow("abort");
  });
});
