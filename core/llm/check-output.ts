import { faultOf } from "../protocol/json-schema.ts";
import type { LlmRequest } from "../protocol/llm.ts";
import { kindPolicies } from "./kinds.ts";

export type OutputFault = "empty" | "overlong" | "assistant-voice" | "broken-schema";
export type Checked =
  | { readonly isGood: true; readonly json?: unknown }
  | { readonly isGood: false; readonly fault: OutputFault; readonly why: string };

/** A model that does not stop writes more than its limit on some hosts; no token of any model is as long as this on average. */
const charsPerTokenMax = 12;
const whyCharsMax = 400;

/** Whether this is an answer to what was asked, and one that may be shown. */
export function checkOutput(request: Pick<LlmRequest, "kind" | "schema" | "outputTokensMax">, text: string): Checked {
  if (text.trim() === "") return { isGood: false, fault: "empty", why: "nothing was said" };
  if (isOverlong(request, text)) return { isGood: false, fault: "overlong", why: "it does not end" };
  if (request.schema !== undefined) return checkJson(request.schema, text, kindPolicies[request.kind].isInWorld);
  if (kindPolicies[request.kind].isInWorld && speaksAsAssistant(text))
    return { isGood: false, fault: "assistant-voice", why: "it speaks as an assistant" };
  return { isGood: true };
}

export const isOverlong = ({ outputTokensMax }: Pick<LlmRequest, "outputTokensMax">, text: string): boolean =>
  text.length > outputTokensMax * charsPerTokenMax;

/** Said anywhere, it is out of every role. */
const anywhere = [
  /\b(?:as|i am|i'm|being) an? (?:ai|artificial intelligence|(?:large )?language model|virtual assistant)\b/iu,
  /\bmy (?:training data|system prompt|knowledge cutoff|programming guidelines)\b/iu,
  /\b(?:openai|anthropic|chatgpt|ollama)\b/iu,
  /<\|[a-z_]+\|>|\[\/?INST\]|<\/?(?:system|assistant|think)>/iu,
];
/** Said first: the manners of an assistant, or a refusal. */
const opening = [
  /^(?:(?:sure|certainly|of course|absolutely|okay)\b[,.!:]*\s*)?here(?:'s| is| are) (?:a|an|the|your|my|some)\b[^.\n]{0,60}\b(?:description|response|reply|answer|text|json|question|version|dialogue|narration|scene|summary)\b/iu,
  /^(?:i'm|i am) sorry,? but (?:i|as)\b/iu,
  /^(?:i (?:can(?:'t|not)|am unable to|won't be able to)) (?:assist|help with (?:that|this)|comply|fulfil|provide|generate|continue)\b/iu,
  /^(?:assistant|ai|system)\s*:/iu,
  /^(?:how (?:can|may) i (?:help|assist) you(?: today)?)\b/iu,
];

/** Typographic apostrophes are those of the keyboard; emphasis before the first word is none. */
export function speaksAsAssistant(text: string): boolean {
  const plain = text.replaceAll("’", "'").replace(/^[\s"'*_#>-]+/u, "");
  return anywhere.some((sign) => sign.test(plain)) || opening.some((sign) => sign.test(plain));
}

function checkJson(schema: Readonly<Record<string, unknown>>, text: string, isInWorld: boolean): Checked {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { isGood: false, fault: "broken-schema", why: "it is not JSON" };
  }
  const fault = faultOf(schema, json);
  if (fault !== null) return { isGood: false, fault: "broken-schema", why: fault.slice(0, whyCharsMax) };
  if (isInWorld && stringsIn(json).some(speaksAsAssistant))
    return { isGood: false, fault: "assistant-voice", why: "it speaks as an assistant" };
  return { isGood: true, json };
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(stringsIn) : [];
}
