type Told = { readonly text: string; readonly isImportant: boolean };

/** The newest ones, those that concern the player before others, in the order in which they came. */
export function abridged(all: readonly Told[], saidMax: number): string[] {
  if (all.length <= saidMax) return all.map(({ text }) => text);
  const chosen = new Set(
    all
      .toReversed()
      .toSorted((a, b) => Number(b.isImportant) - Number(a.isImportant))
      .slice(0, saidMax),
  );
  const left = all.length - chosen.size;
  return [
    ...all.filter((each) => chosen.has(each)).map(({ text }) => text),
    `And ${left} more ${left === 1 ? "line" : "lines"}.`,
  ];
}
