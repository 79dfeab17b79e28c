import { extractSpecification } from "../llm/prompts/interview.ts";
import type { UserId } from "../lib/ids.ts";
import type { Llm } from "../ports/models.ts";
import type { Clock } from "../ports/system.ts";
import { parseSketch, sketchJsonSchema, type SpecificationSketch } from "../protocol/world-specification.ts";
import { mergeSketches } from "./merge-sketches.ts";
import type { Voice } from "./model.ts";
import { type Answers, readAnswers } from "./reading/read-answers.ts";

type Ctx = { readonly llm: Llm | null; readonly clock: Clock };

/** Both attempts together: somebody waits for it, and behind him a gateway that gives up after 29 s. */
export const extractionMsMax = 12_000;
/** Less is not worth asking for. */
const attemptMsMin = 2_000;
const attemptsMax = 2;

/**
 * The answers as a specification: read from their own words, and by a model what those leave open. An answer of the model that is not one is
 * sent back once with what is wrong about it; without a model the words alone are enough. Never fails.
 */
export async function extract(
  { llm, clock }: Ctx,
  { userId, answers }: { readonly userId: UserId; readonly answers: Answers },
): Promise<{ readonly sketch: SpecificationSketch; readonly voice: Voice }> {
  const fromWords = readAnswers(answers);
  const untilMs = clock.monotonicMs() + extractionMsMax;
  let problems: readonly string[] = [];
  for (let attempt = 0; llm !== null && attempt < attemptsMax; attempt++) {
    const waitMsMax = untilMs - clock.monotonicMs();
    if (waitMsMax < attemptMsMin) break;
    const prompt = extractSpecification({
      told: answers,
      schema: sketchJsonSchema(),
      problems,
    });
    const answer = await llm.ask({ ...prompt, userId, waitMsMax, priority: "high" });
    // The gateway has asked again already for what breaks the schema.
    if (answer.status === "degraded") break;
    const parsed = parseSketch(answer.json ?? jsonOf(answer.text));
    if ("sketch" in parsed) {
      const sketch = parseSketch(mergeSketches(fromWords, parsed.sketch, Object.values(answers).join("\n")));
      if ("sketch" in sketch) return { sketch: sketch.sketch, voice: "model" };
      break;
    }
    ({ problems } = parsed);
  }
  return { sketch: fromWords, voice: "script" };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
