/**
 * Makes text fit to be shown by any client: no markup, no control character other than a newline, no bidirectional override.
 * The existing client puts `text` into its page as HTML, so this rule is what stands between a player and a stored script.
 */
export function plainText(text: string): string {
  return text.toWellFormed().normalize("NFC").replaceAll("<", "‹").replaceAll(">", "›").replaceAll(unprintable, "");
}

/** Like `plainText`, on one line with single spaces: names, and what a player says. */
export function singleLine(text: string): string {
  return plainText(text.replaceAll(/\s+/gu, " ")).trim();
}

// C0 and C1 but not \n, line and paragraph separators, bidirectional marks, embeddings and isolates, zero-width characters but not the joiners.
const unprintable =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/gu;
