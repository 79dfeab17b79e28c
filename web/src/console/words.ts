const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
export const figure = (value: number): string => number.format(value);
export const orNone = (value: string | number | null): string =>
  value === null ? "–" : typeof value === "number" ? figure(value) : value;

/** A moment, as it is read in logs. */
export const moment = (iso: string | null): string =>
  iso === null ? "–" : `${new Date(iso).toISOString().slice(0, 19).replace("T", " ")} UTC`;

/** "3 d 4 h": the two largest parts. */
export function span(ms: number): string {
  const parts = [
    ["d", 86_400_000],
    ["h", 3_600_000],
    ["min", 60_000],
    ["s", 1000],
  ] as const;
  const first = parts.findIndex(([, size]) => ms >= size);
  if (first < 0) return "0 s";
  let rest = ms;
  return parts
    .slice(first, first + 2)
    .flatMap(([unit, size]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return count === 0 ? [] : [`${count} ${unit}`];
    })
    .join(" ");
}
