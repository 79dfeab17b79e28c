import { AppError } from "../lib/errors.ts";
import type { InterviewContext } from "./context.ts";
import { doneId, speak } from "./speak.ts";
import { type TellInterview, tellInterview } from "./tell-interview.ts";
import type { InterviewView } from "./view.ts";

/** Well before a gateway gives up, and before people do. */
export const answerMsMax = 9_000;

export type Answer =
  | ({ readonly isLate: false } & Omit<InterviewView, "conversation">)
  /** The message is kept, and the answer comes on the socket. */
  | { readonly isLate: true; readonly messageId: string };

/**
 * `tellInterview` for somebody who waits at most `answerMsMax`. What takes longer goes on for as long as this process lives, and is then heard on the
 * player's socket; cut off, the next question is in `active` all the same, in plainer words.
 */
export async function answerSoon(
  ctx: InterviewContext,
  tell: TellInterview & { readonly messageId: string },
): Promise<Answer> {
  const answered = new AbortController();
  const work = tellInterview(ctx, tell).finally(() => answered.abort());
  const late = ctx.clock.sleep(answerMsMax, answered.signal).then(() => null);
  const first = await Promise.race([work, late]);
  const view = answered.signal.aborted ? await work : first;
  if (view !== null) {
    const { conversation: _, ...brief } = view;
    return { isLate: false, ...brief };
  }
  work
    .then(
      (done) => sayLater(ctx, tell, done),
      async (error: unknown) => {
        if (!(error instanceof AppError)) throw error;
        await sayLater(ctx, tell, null, error.message);
      },
    )
    .catch((error: unknown) => ctx.log.warn({ error, interviewId: tell.interviewId }, "a late answer was not heard"));
  return { isLate: true, messageId: tell.messageId };
}

async function sayLater(
  ctx: InterviewContext,
  { principal, messageId, interviewId }: TellInterview & { readonly messageId: string },
  view: InterviewView | null,
  words = view?.question ?? "",
): Promise<void> {
  const isCompleted = view !== null && view.status !== "open";
  const id = view?.status === "completed" ? doneId(interviewId) : messageId;
  await speak(ctx, principal.userId, { id, text: words, interviewId, isFirst: false, isCompleted });
}
