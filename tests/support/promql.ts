/** What an expression of PromQL asks for: enough to know whether it can ever be answered. */
export type Asked = {
  readonly selectors: readonly { readonly metric: string; readonly matchers: readonly Matcher[] }[];
  /** Labels named by `by`, `without`, `on` and their like. */
  readonly groupings: readonly string[];
};
export type Matcher = { readonly label: string; readonly operator: string; readonly value: string };

const keywords = new Set(["and", "or", "unless", "bool", "offset", "inf", "nan"]);
const groupers = new Set(["by", "without", "on", "ignoring", "group_left", "group_right"]);

const token = /\s+|(\d[\w.]*)|([a-zA-Z_:][\w:]*)|(\{[^}]*\})|(\[[^\]]*\])|("[^"]*")|([()+\-*/%^<>=!,]+?)/uy;

/** Throws where a character makes no sense, or brackets do not match. */
export function readPromql(expression: string): Asked {
  const words = wordsOf(expression);
  const selectors: { metric: string; matchers: Matcher[] }[] = [];
  const groupings: string[] = [];
  let depth = 0;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const next = words[at + 1];
    if (word === "(") depth += 1;
    if (word === ")" && --depth < 0) throw new Error(`a bracket too many: ${expression}`);
    if (!/^[a-zA-Z_:]/u.test(word) || keywords.has(word.toLowerCase())) continue;
    if (groupers.has(word)) {
      const end = words.indexOf(")", at);
      if (next !== "(" || end < 0) throw new Error(`${word} wants labels in brackets: ${expression}`);
      groupings.push(...words.slice(at + 2, end).filter((label) => label !== ","));
      at = end;
    } else if (next !== "(" && !isFunctionBeforeBy(words, at)) {
      selectors.push({ metric: word, matchers: next?.startsWith("{") === true ? matchersOf(next) : [] });
    }
  }
  if (depth !== 0) throw new Error(`a bracket too few: ${expression}`);
  if (selectors.length === 0) throw new Error(`asks for nothing: ${expression}`);
  return { selectors, groupings };
}

/** `sum by (le) (…)` */
const isFunctionBeforeBy = (words: readonly string[], at: number): boolean => groupers.has(words[at + 1] ?? "");

function wordsOf(expression: string): string[] {
  const words: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < expression.length) {
    const from = token.lastIndex;
    const match = token.exec(expression);
    if (match === null) throw new Error(`not understood from "${expression.slice(from)}"`);
    if (match[0].trim() !== "") words.push(match[0]);
  }
  return words;
}

function matchersOf(braces: string): Matcher[] {
  return braces
    .slice(1, -1)
    .split(",")
    .filter((part) => part.trim() !== "")
    .map((part) => {
      const match = /^\s*(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"\s*$/u.exec(part);
      if (match === null) throw new Error(`no matcher: ${part}`);
      return { label: match[1]!, operator: match[2]!, value: match[3]! };
    });
}
