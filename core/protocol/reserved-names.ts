const lookalikes: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  l: "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "8": "b",
};

/** Who speaks for the house. Few, so that hardly anybody's own name is among them. In the form that `skeletonOf` gives. */
const reserved = new Set(
  `
admin administrator sysadmin root system moderator gamemaster staff support security postmaster webmaster noreply statue lobby
thousandworlds deleted
`
    .trim()
    .split(/\s+/)
    .map(skeletonOf),
);

/** Whether a username could be taken for somebody who speaks for the house: also with signs that look like others, or between the letters. */
export function isReservedName(username: string): boolean {
  return reserved.has(skeletonOf(username));
}

/** Two names that are hard to tell apart have the same. */
function skeletonOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[_-]/g, "")
    .replaceAll(/rn/g, "m")
    .replaceAll(/vv/g, "w")
    .replaceAll(/[0134578il]/g, (sign) => lookalikes[sign] ?? sign);
}
