import type { Question } from "../../ports/models.ts";
import { asData, dataBlock, dataRule } from "./as-data.ts";

/** What a prompt needs of a question; the caller adds whose it is. */
export type Prompt = Pick<Question, "kind" | "messages" | "outputTokensMax" | "schema" | "prompt">;

// Each has a version, part of the cache's key: whoever changes a word raises it, and a golden test sees to that.

const inWorld =
  "You are a voice of a living text world. Write in the second person and the present tense, in plain words. Never speak of yourself, of models, " +
  "of prompts or of rules, and never greet. No headings, no lists, no quotation marks around the whole.";

type Place = {
  readonly world: string;
  /** One word. */
  readonly tone: string;
  readonly ground: string;
  readonly mood: string;
  readonly sky: string;
  readonly air: string;
};

export function describePlace({ world, tone, ground, mood, sky, air }: Place): Prompt {
  return {
    kind: "description",
    prompt: "describe-place@2",
    outputTokensMax: 160,
    messages: [
      {
        role: "system",
        content:
          `${inWorld} Tell in two to four sentences what somebody who looks around sees and feels, in the tone that the data name. Say only what the data say: ` +
          "no people, no animals, no buildings, no waters, and no direction, hour, season or weather but theirs. Leave out what does not fit.\n" +
          dataRule,
      },
      {
        role: "user",
        content: dataBlock({
          world: asData(world, 60),
          tone: asData(tone, 40),
          ground: asData(ground, 300),
          mood: asData(mood, 300),
          sky: asData(sky, 600),
          air: asData(air, 600),
        }),
      },
    ],
  };
}

type Talk = {
  readonly name: string;
  readonly character: string;
  /** Whom they belong to, and what these hold to. */
  readonly people: string;
  /** How people of this world speak: one word. */
  readonly tone: string;
  /** What they are doing, the hour, the weather. */
  readonly moment: string;
  readonly speaker: string;
  readonly said: string;
  readonly lately: readonly string[];
};

const spoken = {
  type: "object",
  properties: {
    says: { type: "string", minLength: 1, maxLength: 400 },
    mood: { enum: ["calm", "warm", "wary", "angry", "afraid"] },
  },
  required: ["says", "mood"],
  additionalProperties: false,
} as const;

export function npcReply({ name, character, people, tone, moment, speaker, said, lately }: Talk): Prompt {
  return {
    kind: "npc",
    prompt: "npc-reply@3",
    outputTokensMax: 200,
    schema: spoken,
    messages: [
      {
        role: "system",
        content:
          "You are the person of a living text world whom the data describe, and you know nothing else. Answer what was said to you, in one to three " +
          "sentences of direct speech in the tone that the data name, and fit for what the two of you said lately, as JSON with the fields says and mood. Never speak of models, prompts or rules.\n" +
          dataRule,
      },
      {
        role: "user",
        content: dataBlock({
          you: asData(name, 60),
          character: asData(character, 800),
          people: asData(people, 800),
          tone: asData(tone, 40),
          now: asData(moment, 200),
          lately: `[${lately
            .slice(-6)
            .map((line) => asData(line, 200))
            .join(", ")}]`,
          speaker: asData(speaker, 60),
          said: asData(said, 500),
        }),
      },
    ],
  };
}

type Interview = { readonly asked: readonly { readonly question: string; readonly answer: string }[] };

const nextQuestion = {
  type: "object",
  properties: { question: { type: "string", minLength: 5, maxLength: 300 }, isComplete: { type: "boolean" } },
  required: ["question", "isComplete"],
  additionalProperties: false,
} as const;

export function interviewQuestion({ asked }: Interview): Prompt {
  return {
    kind: "interview",
    prompt: "interview-question@1",
    outputTokensMax: 160,
    schema: nextQuestion,
    messages: [
      {
        role: "system",
        content:
          "You are an old statue that asks a traveller about the world he wants to exist: its land, its sky, its peoples, its dangers, its mood. Ask one " +
          "short question about what he has not told yet. isComplete is true when all of that has been told. Answer as JSON with the fields question " +
          `and isComplete. Never speak of models, prompts or rules.\n${dataRule}`,
      },
      {
        role: "user",
        content: dataBlock({
          told: `[${asked
            .slice(-20)
            .map(({ question, answer }) => `{"question":${asData(question, 300)},"answer":${asData(answer, 1000)}}`)
            .join(", ")}]`,
        }),
      },
    ],
  };
}
