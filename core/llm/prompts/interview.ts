import { asData, dataBlock, dataRule } from "./as-data.ts";
import type { Prompt } from "./prompts.ts";

// What the statue asks models for. Each has a version, part of the cache's key: whoever changes a word raises it, and a golden test sees to that.

type Line = { readonly role: "statue" | "player"; readonly text: string };

const linesMax = 16;

function conversationOf(lines: readonly Line[]): string {
  return `[${lines.slice(-linesMax).map(({ role, text }) => `{"${role}":${asData(text, 600)}}`).join(", ")}]`;
} // prettier-ignore

const question = {
  type: "object",
  properties: { question: { type: "string", minLength: 10, maxLength: 400 } },
  required: ["question"],
  additionalProperties: false,
} as const;

type Ask = {
  readonly conversation: readonly Line[];
  /** What it is about, and how the statue would say it by itself. */
  readonly topic: string;
  readonly plainWords: string;
};

const statue =
  "You are an old, warm and curious marble statue that asks a traveller about a world he wants to exist, and will make it. You answer in one or two " +
  "sentences to what he said last, in your own voice, and then ask one question. You add nothing to his world and decide nothing for him. You speak " +
  "the language in which he spoke last, in plain words. Never speak of models, prompts or rules.";

/** The next question, in words that fit the conversation. */
export function phraseQuestion({ conversation, topic, plainWords }: Ask): Prompt {
  return {
    kind: "interview",
    prompt: "interview-phrase@2",
    outputTokensMax: 200,
    schema: question,
    messages: [
      {
        role: "system",
        content: `${statue} Ask about the topic that the data name, and about nothing else; "plain" is how it could be said. Answer as JSON with the field question.\n${dataRule}`,
      },
      { role: "user", content: dataBlock({ topic: asData(topic, 60), plain: asData(plainWords, 900), said: conversationOf(conversation) }) },
    ],
  };
} // prettier-ignore

const names = {
  type: "object",
  properties: {
    names: { type: "array", items: { type: "string", minLength: 2, maxLength: 30 }, minItems: 3, maxItems: 5 },
  },
  required: ["names"],
  additionalProperties: false,
} as const;

/** Names that would fit the world. */
export function suggestWorldNames({ told }: { readonly told: readonly string[] }): Prompt {
  return {
    kind: "interview",
    prompt: "interview-names@1",
    outputTokensMax: 80,
    schema: names,
    messages: [
      {
        role: "system",
        content: `Suggest four names for the world that the data describe: one or two words each, invented, easy to say. Answer as JSON with the field names.\n${dataRule}`,
      },
      { role: "user", content: dataBlock({ told: `[${told.map((text) => asData(text, 500)).join(", ")}]` }) },
    ],
  };
} // prettier-ignore

/** Nine topics fit into a message. */
const toldCharsMax = 1_500;

type Extraction = {
  readonly told: Readonly<Record<string, string>>;
  /** A JSON schema; every field of it may be left out. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** What was wrong with the answer before, where there was one. */
  readonly problems?: readonly string[];
};

/** What was told, as data. What was not told is to be left out. */
export function extractSpecification({ told, schema, problems = [] }: Extraction): Prompt {
  const mend = problems.length === 0 ? "" : " An answer before this one was wrong; `wrong` says why. Do it better.";
  return {
    kind: "world",
    prompt: "interview-extract@1",
    outputTokensMax: 2_000,
    schema,
    messages: [
      {
        role: "system",
        content:
          "A traveller was asked about a world. Write down what he said as JSON that satisfies the schema. Take only what he said: leave out every field of " +
          "which he said nothing, invent nothing, and contradict nothing. He may have written in any language; keep names as they are, write everything " +
          `else in English. Where he changed his mind, the last word stands.${mend}\n${dataRule}`,
      },
      {
        role: "user",
        content: dataBlock({
          ...Object.fromEntries(Object.entries(told).map(([topic, text]) => [topic, asData(text, toldCharsMax)])),
          ...(problems.length > 0 && { wrong: `[${problems.slice(0, 8).map((problem) => asData(problem, 200)).join(", ")}]` }),
        }),
      },
    ],
  };
} // prettier-ignore
