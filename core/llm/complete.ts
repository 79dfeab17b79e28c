import type { ModelCall, ModelHost, ModelOutcome } from "../ports/models.ts";
import type { LlmRequest, TokenCounts } from "../protocol/llm.ts";
import { checkOutput, type OutputFault, speaksAsAssistant } from "./check-output.ts";
import { kindPolicies } from "./kinds.ts";

type Failed = Extract<ModelOutcome, { status: "failed" }>;
export type Completion =
  | {
      readonly status: "answered";
      readonly text: string;
      readonly json?: unknown;
      readonly tokens: TokenCounts;
      readonly isRepaired: boolean;
    }
  | {
      readonly status: "failed";
      readonly reason: Failed["reason"] | OutputFault;
      readonly isHostFault: boolean;
      readonly tokens: TokenCounts;
    };

type Options = {
  readonly model: string;
  readonly signal: AbortSignal;
  /** Only tokens of what may still turn out an answer. */
  readonly onToken?: (text: string) => void;
};

/** While a text is being told it is looked at so far: assistants give themselves away early. */
const openingChars = 400;

/** One answer from one host, checked: what breaks its schema is sent back once, with what is wrong about it. */
export async function complete(host: ModelHost, request: LlmRequest, options: Options): Promise<Completion> {
  const { model, signal } = options;
  const { mode, messages, schema, outputTokensMax } = request;
  const call: ModelCall = { model, mode, messages, outputTokensMax, ...(schema !== undefined && { schema }) };
  const first = await run(host, request, call, options);
  if (first.status === "failed") return first;
  const checked = checkOutput(request, first.text);
  if (checked.isGood) return { ...first, ...jsonOf(checked), isRepaired: false };
  if (checked.fault !== "broken-schema" || signal.aborted)
    return { status: "failed", reason: checked.fault, isHostFault: false, tokens: first.tokens };

  const again = { ...call, messages: [...messages, ...repair(first.text, checked.why)] };
  const second = await host.run(again, { signal });
  const tokens = sum(first.tokens, second.tokens);
  if (second.status === "failed") return { ...second, tokens };
  const mended = checkOutput(request, second.text);
  if (mended.isGood) return { status: "answered", text: second.text, ...jsonOf(mended), tokens, isRepaired: true };
  return { status: "failed", reason: mended.fault, isHostFault: false, tokens };
}

async function run(
  host: ModelHost,
  { kind, isStreamed, schema }: LlmRequest,
  call: ModelCall,
  { signal, onToken }: Options,
): Promise<ModelOutcome | Extract<Completion, { status: "failed" }>> {
  if (!isStreamed || schema !== undefined || onToken === undefined) return host.run(call, { signal });
  const silence = new AbortController();
  let text = "";
  const outcome = await host.run(call, {
    signal: AbortSignal.any([signal, silence.signal]),
    onToken(token) {
      text += token;
      if (silence.signal.aborted) return;
      if (kindPolicies[kind].isInWorld && text.length < openingChars && speaksAsAssistant(text)) silence.abort();
      else onToken(token);
    },
  });
  if (!silence.signal.aborted || signal.aborted) return outcome;
  return { status: "failed", reason: "assistant-voice", isHostFault: false, tokens: outcome.tokens };
}

/** The broken text is the model's own, so it may stand in its turn; it is cut, because it may be anything. */
const brokenCharsMax = 4_000;

function repair(text: string, why: string): LlmRequest["messages"] {
  return [
    { role: "assistant", content: text.slice(0, brokenCharsMax) },
    {
      role: "user",
      content: `That does not satisfy the JSON schema: ${why}\nAnswer again, with nothing but one JSON value that satisfies it.`,
    },
  ];
}

const jsonOf = (checked: { readonly json?: unknown }) => ("json" in checked ? { json: checked.json } : {});

const sum = (a: TokenCounts, b: TokenCounts): TokenCounts => ({
  prompt: a.prompt + b.prompt,
  output: a.output + b.output,
});
