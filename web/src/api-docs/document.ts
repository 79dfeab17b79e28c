// What the page needs to know of an OpenAPI 3.1 document, and its schemas in words.

export type Schema = {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly format?: string;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly $ref?: string;
};

export type Parameter = {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required: boolean;
  readonly schema: Schema;
};

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

export type Described = {
  readonly tags?: readonly string[];
  readonly summary: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
};

export type ApiDocument = {
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};

export type Operation = Described & { readonly id: string; readonly method: string; readonly path: string };

/** By their first tag, in the order of the document. */
export function operationsByTag({ paths }: ApiDocument): ReadonlyMap<string, readonly Operation[]> {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([name, described]): Operation => {
      const method = name.toUpperCase();
      return { ...described, method, path, id: `${method} ${path}` };
    }),
  );
  return Map.groupBy(all, ({ tags }) => tags?.[0] ?? "other");
}

const referred = (schema: Schema, { components }: ApiDocument): Schema => {
  const name = /^#\/components\/schemas\/(\w+)$/u.exec(schema.$ref ?? "")?.[1];
  return name === undefined ? schema : (components.schemas[name] ?? {});
};

/** Deeper schemas are only named. */
const depthMax = 6;

/** Something that a request may be: what has to be there, each with a default or the simplest value of its type. */
export function exampleOf(schema: Schema, document: ApiDocument, depth = 0): unknown {
  const { type, properties = {}, required = [], anyOf, oneOf, items, ...rest } = referred(schema, document);
  if (rest.default !== undefined) return rest.default;
  if (rest.const !== undefined) return rest.const;
  if (rest.enum !== undefined) return rest.enum[0];
  const choice = (anyOf ?? oneOf)?.[0];
  if (choice) return exampleOf(choice, document, depth);
  switch (typeof type === "string" ? type : type?.[0]) {
    case "object":
      if (depth >= depthMax) return {};
      return Object.fromEntries(required.map((name) => [name, exampleOf(properties[name] ?? {}, document, depth + 1)]));
    case "array":
      return items && depth < depthMax ? [exampleOf(items, document, depth + 1)] : [];
    case "integer":
    case "number":
      return Math.max(0, rest.minimum ?? 0);
    case "boolean":
      return false;
    case "null":
      return null;
    default:
      return rest.format === "uuid" ? "00000000-0000-0000-0000-000000000000" : "";
  }
}

/** A schema as one would write the type; `?` where something may be left out. */
export function typeOf(schema: Schema, document: ApiDocument, indent = ""): string {
  const {
    type,
    properties,
    required = [],
    anyOf,
    oneOf,
    items,
    additionalProperties,
    ...rest
  } = referred(schema, document);
  if (rest.const !== undefined) return JSON.stringify(rest.const);
  if (rest.enum !== undefined) return rest.enum.map((each) => JSON.stringify(each)).join(" | ");
  const choices = anyOf ?? oneOf;
  if (choices) return [...new Set(choices.map((each) => typeOf(each, document, indent)))].join(" | ");
  if (items) return `[${typeOf(items, document, indent)}]`;
  const inner = `${indent}  `;
  if (properties && Object.keys(properties).length > 0) {
    if (indent.length / 2 >= depthMax) return "{ … }";
    const lines = Object.entries(properties).map(
      ([name, each]) => `${inner}${name}${required.includes(name) ? "" : "?"}: ${typeOf(each, document, inner)}`,
    );
    return `{\n${lines.join("\n")}\n${indent}}`;
  }
  if (typeof additionalProperties === "object") return `{ …: ${typeOf(additionalProperties, document, inner)} }`;
  const name = typeof type === "string" ? type : (type?.join(" | ") ?? "anything");
  return name + boundsOf(rest);
}

/** zod writes them for whatever is a whole number. */
const wholeNumberMax = Number.MAX_SAFE_INTEGER;

function boundsOf({ format, minimum, maximum, minLength, maxLength }: Schema): string {
  const words: string[] = format === undefined ? [] : [format];
  const low = minimum ?? minLength;
  const high = maximum ?? maxLength;
  const hasLow = low !== undefined && low !== -wholeNumberMax;
  const hasHigh = high !== undefined && high !== wholeNumberMax;
  if (hasLow || hasHigh) words.push(`${hasLow ? low : ""}…${hasHigh ? high : ""}`);
  return words.length === 0 ? "" : ` (${words.join(", ")})`;
}
