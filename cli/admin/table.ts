const textMax = 60;

/** Rows for a person: a column per field, as wide as it must be. What comes from users cannot break a line or move the cursor. */
export function table(rows: readonly object[], none: string): string {
  const [first] = rows;
  if (first === undefined) return none;
  const heads = Object.keys(first);
  const lines = [heads, ...rows.map((row) => heads.map((head) => cell((row as Record<string, unknown>)[head])))];
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return "-";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const plain = text.replaceAll(/\p{Cc}/gu, " ");
  return plain.length > textMax ? `${plain.slice(0, textMax - 1)}…` : plain;
}
