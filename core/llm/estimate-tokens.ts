import type { LlmRequest } from "../protocol/llm.ts";

/** English has about four characters a token; other scripts have fewer. Budgets must not be exceeded, so this leans to more. */
const charsPerToken = 3;
/** What a chat template adds around each message. */
const tokensPerMessage = 8;

/** Of the prompt; an upper bound for most of what is written in Latin letters. */
export function promptTokens(messages: LlmRequest["messages"]): number {
  return messages.reduce(
    (sum, { content }) => sum + Math.ceil(weightOf(content) / charsPerToken) + tokensPerMessage,
    0,
  );
}

/** Of prompt and answer together, at most. */
export const requestTokens = (request: Pick<LlmRequest, "messages" | "outputTokensMax">): number =>
  promptTokens(request.messages) + request.outputTokensMax;

/** A character outside Latin may be several tokens by itself. */
function weightOf(text: string): number {
  let weight = 0;
  for (let i = 0; i < text.length; i++) weight += text.charCodeAt(i) < 0x250 ? 1 : charsPerToken;
  return weight;
}
