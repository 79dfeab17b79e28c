// What a server says, made fit for a terminal: nothing in it can move the cursor, change colours or turn the direction of reading.

// eslint-disable-next-line no-control-regex
const unfit = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu;

/** Of control characters only line feeds are left. */
export const harmless = (text: string): string => text.replaceAll("\t", " ").replaceAll(unfit, "");

const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\p{Emoji_Presentation}]/u;
const marks = /\p{M}|[\u200B-\u200D]/u;

/** Columns on a terminal: two for what is written wide, none for what sits on another sign. */
export function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) width += marks.test(sign) ? 0 : wide.test(sign) ? 2 : 1;
  return width;
}

/** Cuts at spaces so that no line is wider; a word that is wider by itself goes on as it is. `columns` Infinity: only at line feeds. */
export function wrap(text: string, columns: number): string[] {
  return text.split("\n").flatMap((line) => {
    const lines: string[] = [];
    const indent = /^ */u.exec(line)![0];
    let current = "";
    for (const word of line.slice(indent.length).split(" ")) {
      const next = current === "" ? indent + word : `${current} ${word}`;
      if (current !== "" && widthOf(next) > columns) {
        lines.push(current);
        current = word;
      } else current = next;
    }
    return [...lines, current];
  });
}
