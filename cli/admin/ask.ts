import { createInterface } from "node:readline";
import { AppError } from "#core/lib/errors.ts";

/** Resolves when whoever sits there types the word; otherwise nothing may happen. On stderr, so that stdout stays the answer alone. */
export async function ask(question: string, word: string): Promise<void> {
  process.stderr.write(`${question} Type ${word} to go on: `);
  const lines = createInterface({ input: process.stdin });
  const [answer] = await new Promise<[string] | []>((resolve) => {
    lines.once("line", (line) => resolve([line]));
    lines.once("close", () => resolve([]));
  });
  lines.close();
  if (answer?.trim() !== word) throw new AppError("CONFLICT", "Nothing was changed.");
}
