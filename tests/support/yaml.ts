export type Yaml = string | readonly string[] | { readonly [key: string]: Yaml };
type Map = { [key: string]: Yaml };
type Line = { readonly indent: number; readonly key: string; readonly rest: string };

/** As much of YAML as compose.yaml uses: maps by indentation, lists in brackets, anchors, aliases and `<<`. Everything else throws. */
export function parseYaml(text: string): Map {
  const lines = text.split("\n").flatMap((line, at): Line[] => {
    if (/^\s*(?:#|$)/u.test(line)) return [];
    const match = /^( *)([\w.<-]+):(?: (.*))?$/u.exec(line);
    if (match === null) throw new Error(`line ${at + 1} is not understood: ${line}`);
    return [{ indent: match[1]!.length, key: match[2]!, rest: match[3]?.trim() ?? "" }];
  });
  const anchors = new Map<string, Yaml>();
  const known = (alias: string): Yaml => {
    const value = anchors.get(alias.slice(1));
    if (value === undefined) throw new Error(`nothing is named ${alias}`);
    return value;
  };

  function mapAt(indent: number): Map {
    const map: Map = {};
    while (lines[0]?.indent === indent) {
      const { key, rest } = lines.shift()!;
      const value = valueOf(rest, indent);
      if (key === "<<") Object.assign(map, { ...(value as Map), ...map });
      else map[key] = value;
    }
    if ((lines[0]?.indent ?? 0) > indent) throw new Error(`"${lines[0]!.key}" stands too far in`);
    return map;
  }

  function valueOf(rest: string, indent: number): Yaml {
    if (rest.startsWith("*")) return known(rest);
    if (rest === "{}") return {};
    if (rest.startsWith("[")) return (JSON.parse(rest) as unknown[]).map(String);
    const isAnchor = rest.startsWith("&");
    if (rest !== "" && !isAnchor) return rest.startsWith('"') ? (JSON.parse(rest) as string) : rest;
    const value = mapAt(Math.max(lines[0]?.indent ?? 0, indent + 1));
    if (isAnchor) anchors.set(rest.slice(1), value);
    return value;
  }

  const all = mapAt(0);
  if (lines.length > 0) throw new Error(`"${lines[0]!.key}" stands nowhere`);
  return all;
}
