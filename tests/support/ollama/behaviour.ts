export type AskedModel = {
  readonly path: "/api/chat" | "/api/generate";
  readonly model: string;
  readonly prompt: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly format: unknown;
  readonly options: Readonly<Record<string, unknown>>;
  readonly isStreamed: boolean;
};

/** What the stand-in does with one request, in place of answering it. `after` tokens in all cases. */
export type Behaviour =
  | { readonly kind: "answer"; readonly text?: string; readonly tokenMs?: number }
  /** Says nothing more, and keeps the connection. */
  | { readonly kind: "stall"; readonly after: number }
  /** Ends the stream in good order, without `done`. */
  | { readonly kind: "cut"; readonly after: number }
  /** The connection breaks. */
  | { readonly kind: "reset"; readonly after: number }
  /** An error under status 200. */
  | { readonly kind: "error-line"; readonly after: number; readonly error: string }
  /** A line that is no JSON. */
  | { readonly kind: "garble"; readonly after: number }
  /** Says `done` and that all is well, with half the text. */
  | { readonly kind: "lie"; readonly text: string }
  | { readonly kind: "endless"; readonly tokenMs?: number }
  | { readonly kind: "status"; readonly status: number; readonly error: string };

const words = "The lantern light falls on wet stone , and somewhere below water moves against the dark .".split(" ");

/** What a model with nothing to say says: a sentence, or for a schema a value that satisfies it. */
export function plainAnswer(asked: AskedModel): string {
  if (asked.format !== undefined && asked.format !== null && typeof asked.format === "object")
    return JSON.stringify(valueOf(asked.format));
  return words.join(" ");
}

export const tokensOf = (text: string): string[] => text.match(/\S+\s*|\s+/gu) ?? [];

type Schema = {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly anyOf?: readonly Schema[];
};

function valueOf(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.anyOf?.[0] !== undefined) return valueOf(schema.anyOf[0]);
  if (schema.type === "object")
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, inner]) => [key, valueOf(inner)]));
  if (schema.type === "array") return Array.from({ length: schema.minItems ?? 1 }, () => valueOf(schema.items ?? {}));
  if (schema.type === "integer" || schema.type === "number") return schema.minimum ?? 1;
  if (schema.type === "boolean") return true;
  return "a quiet word";
}
