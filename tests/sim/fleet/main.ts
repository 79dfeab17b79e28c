import { parseArgs } from "node:util";
import { type Column, columnOf } from "./table.ts";

// `npm run fleet [-- players …]`: the table of docs/scaling.md.

const { positionals } = parseArgs({ allowPositionals: true });
const players = positionals.length === 0 ? [1_000, 100_000] : positionals.map(Number);
if (players.some((count) => !Number.isInteger(count) || count < 100 || count > 10_000_000))
  throw new Error("how many players? Whole numbers from 100 to 10000000, such as: npm run fleet -- 1000 100000");

const columns: Column[] = [];
for (const count of players) columns.push(await columnOf(count));
const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
console.log(row(["", ...columns.map(({ head }) => head)]));
console.log(row(["---", ...columns.map(() => "---")]));
for (const [index, [label]] of columns[0]!.cells.entries())
  console.log(row([label, ...columns.map(({ cells }) => cells[index]![1])]));
