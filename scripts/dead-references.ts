import { posix } from "node:path";

/** What there is to cite. Paths are from the root, with `/`, files only. */
export type Tree = {
  readonly files: readonly string[];
  /** Names that are made at run time and never committed. */
  readonly ignored: readonly string[];
  /** What `npm run` knows. */
  readonly scripts: readonly string[];
  readonly read: (file: string) => string;
};

export type DeadReference = { readonly line: number; readonly cited: string; readonly why: string };

/** Every path, link, anchor and npm script that a document cites and that is not there. */
export function deadReferences(document: string, tree: Tree): DeadReference[] {
  const known = knownPaths(tree.files);
  const dead: DeadReference[] = [];
  for (const { line, text, isFenced } of linesOf(tree.read(document))) {
    const note = (cited: string, why: string | null) => {
      if (why !== null) dead.push({ line, cited, why });
    };
    if (isFenced) {
      for (const cited of pathsInCommand(text, known)) note(cited, pathProblem(cited, known, tree));
    } else {
      const prose = text.replaceAll(codeSpan, "");
      for (const cited of linksIn(prose)) note(cited, linkProblem(document, cited, known, tree));
      for (const [, , code = ""] of text.matchAll(codeSpan))
        for (const cited of pathsInCode(code, known)) note(cited, pathProblem(cited, known, tree));
    }
    for (const [cited, script = ""] of text.matchAll(/\bnpm run ([\w:-]+)/g))
      note(cited, tree.scripts.includes(script) ? null : "package.json has no such script");
  }
  return dead;
}

type Known = {
  readonly paths: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  readonly top: ReadonlySet<string>;
};

const codeSpan = /(`+)(.+?)\1/g;
const extension = /[^./]\.(ts|js|mjs|json|md|sql|yml|yaml|sh|css|html|toml)$/;
const placeholder = /[<>…{}$|]|\.\.\./;

function knownPaths(files: readonly string[]): Known {
  const paths = new Set(files);
  for (const file of files)
    for (let folder = posix.dirname(file); folder !== "."; folder = posix.dirname(folder)) paths.add(folder);
  const names = new Set([...paths].map((path) => posix.basename(path)));
  const top = new Set([...paths].filter((path) => !path.includes("/")));
  return { paths, names, top };
}

function linesOf(markdown: string) {
  let fence: string | null = null;
  return markdown.split("\n").map((text, i) => {
    const mark = /^\s*(`{3,}|~{3,})/.exec(text)?.[1] ?? null;
    const isFenced = fence !== null;
    if (fence === null) fence = mark;
    else if (mark !== null && mark.startsWith(fence)) fence = null;
    return { line: i + 1, text, isFenced: isFenced || mark !== null };
  });
}

function linksIn(prose: string): string[] {
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)].map(([, target = ""]) => target);
  const definition = /^\s*\[[^\]]+\]:\s*<?([^\s>]+)>?/.exec(prose)?.[1];
  const html = [...prose.matchAll(/\b(?:src|href)="([^"]+)"/g)].map(([, target = ""]) => target);
  return [...inline, ...(definition === undefined ? [] : [definition]), ...html];
}

function linkProblem(document: string, link: string, known: Known, tree: Tree): string | null {
  if (/^[a-z][a-z0-9+.-]*:/i.test(link) || link.startsWith("//")) return null;
  const [path = "", anchor] = decodeURI(link).split("#", 2);
  const target = path === "" ? document : posix.normalize(posix.join(posix.dirname(document), path)).replace(/\/$/, "");
  if (!known.paths.has(target)) return "no such file";
  if (anchor === undefined || !target.endsWith(".md")) return null;
  return anchorsOf(tree.read(target)).has(anchor) ? null : "no such heading";
}

/** Names of headings as GitHub makes them. */
function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const { text, isFenced } of linesOf(markdown)) {
    const heading = isFenced ? undefined : /^#{1,6}\s+(.*?)\s*#*$/.exec(text)?.[1];
    if (heading === undefined) continue;
    const words = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const name = words.replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, "").replaceAll(" ", "-");
    let anchor = name;
    for (let again = 1; anchors.has(anchor); again++) anchor = `${name}-${again}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** A word is a path if it begins with a folder of ours, or has a slash or an outward look and ends like a file of ours. */
function pathsInCode(code: string, known: Known): string[] {
  return code.split(/[\s,;()"']+/).filter((word) => {
    if (placeholder.test(word) || /^[a-z][a-z0-9+.-]*:/i.test(word) || word.startsWith("/")) return false;
    const path = straight(word);
    const first = path.split("/", 1)[0] ?? "";
    return path.includes("/") ? known.top.has(first) || extension.test(path) : extension.test(path);
  });
}

/** In a block of commands or a listing only what begins with a folder of ours is taken for a path. */
function pathsInCommand(text: string, known: Known): string[] {
  const words = [...text.matchAll(/(?<![\w./@:#-])[\w.-]+\/[\w./*-]*/g)].map(([word]) => word);
  return words.filter((word) => known.top.has(word.split("/", 1)[0] ?? ""));
}

function pathProblem(cited: string, known: Known, tree: Tree): string | null {
  const path = straight(cited);
  const first = path.split("/", 1)[0] ?? "";
  if (tree.ignored.includes(first)) return null;
  if (path.includes("*"))
    return [...known.paths].some((file) => posix.matchesGlob(file, path)) ? null : "matches nothing";
  if (!path.includes("/") && known.names.has(path)) return null;
  return known.paths.has(path) ? null : "no such path";
}

/** Without what is around a path: alias mark, `./`, closing slash, line number, full stop. */
function straight(word: string): string {
  return word
    .replace(/^#/, "")
    .replace(/^\.\//, "")
    .replace(/(:\d+(-\d+)?)$/, "")
    .replace(/[.:]$/, "")
    .replace(/\/+$/, "");
}
