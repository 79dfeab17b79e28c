const signs: readonly (readonly [RegExp, string])[] = [
  // What is typed stands in backticks; a reader says them one by one, or not at all.
  [/`([^`]*)`/gu, '"$1"'],
  [/<|‹/gu, " less than "],
  [/>|›/gu, " greater than "],
  [/(?<=\d) ?°C\b/gu, " degrees"],
  [/(?<=\d) ?°/gu, " degrees"],
  [/(?<=\d) ?%/gu, " percent"],
  [/(?<=\d) ?km\/h\b/gu, " kilometres an hour"],
  [/(?<=\d) ?m\/s\b/gu, " metres a second"],
  [/(?<=\d) ?mm\b/gu, " millimetres"],
  [/(?<![\d\p{L}])[−-](?=\d)/gu, "minus "],
  [/(?<=\d)\s?×/gu, " times"],
  [/\s*→\s*/gu, " to "],
  [/•\s*/gu, ""],
];

/** How a screen reader should say it: lines are sentences, signs are words. */
export function spokenText(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  const whole = lines
    .filter((line) => line !== "")
    .reduce((said, line) => (said === "" ? line : `${said}${/[.!?:;,]["”’)]*$/u.test(said) ? "" : "."} ${line}`), "");
  return signs
    .reduce((said, [sign, words]) => said.replaceAll(sign, words), whole)
    .replaceAll(/ {2,}/gu, " ")
    .trim();
}
