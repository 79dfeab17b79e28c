import { type Context, Hono } from "hono";
import type { InterviewId } from "#core/interview/model.ts";
import type { InterviewView } from "#core/interview/view.ts";
import { AppError } from "#core/lib/errors.ts";
import { isUuid } from "#core/lib/ids.ts";
import {
  type InterviewActiveResponse,
  interviewFinalizeRequest,
  type InterviewFinalizeResponse,
  type InterviewLateResponse,
  type InterviewMaking,
  interviewMessageRequest,
  type InterviewMessageResponse,
  type InterviewStartResponse,
} from "#core/protocol/interview.ts";
import { authenticated } from "../auth.ts";
import { jsonBody } from "../body.ts";
import type { HttpConfig, HttpContext, HttpEnv } from "../env.ts";

export function interviewRoutes(ctx: HttpContext, config: HttpConfig): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const auth = authenticated(ctx, config);

  app.get("/active", auth, async (c) => {
    const { id, question, conversation, making } = await ctx.interviewVerbs.active({ principal: c.get("principal") });
    const body: InterviewActiveResponse = {
      session_id: id,
      status: "in_progress",
      question,
      conversation: [...conversation],
      ...makingOf(making),
    };
    return c.json(body);
  });

  app.post("/start", auth, async (c) => {
    const { id, question } = await ctx.interviewVerbs.start({ principal: c.get("principal") });
    return c.json({ session_id: id, question } satisfies InterviewStartResponse, 201);
  });

  app.post("/message", auth, async (c) => {
    const { session_id, message: text } = jsonBody(c, interviewMessageRequest);
    const interviewId = session_id as InterviewId;
    const said = { principal: c.get("principal"), interviewId, text, messageId: messageIdOf(c) ?? ctx.entropy.uuid() };
    const answer = await ctx.interviewVerbs.answerSoon(said);
    if (answer.isLate) return c.json({ message_id: answer.messageId } satisfies InterviewLateResponse, 202);
    const { status, question, worldId, making } = answer;
    const body: InterviewMessageResponse = { question, completed: status !== "open", ...makingOf(making) };
    return c.json(worldId === null ? body : { ...body, world_id: worldId });
  });

  app.post("/finalize", auth, async (c) => {
    const interviewId = jsonBody(c, interviewFinalizeRequest).session_id as InterviewId;
    const { made, making } = await ctx.interviewVerbs.finalize({ principal: c.get("principal"), interviewId });
    const body: InterviewFinalizeResponse = {
      ...made.specification,
      world_id: made.worldId,
      world_status: making === null ? "made" : "making",
      ...makingOf(making),
    };
    return c.json(body);
  });

  return app;
}

/** Whoever is in doubt whether a message came through sends it again under the same key, and it is taken once. */
function messageIdOf(c: Context<HttpEnv>): string | undefined {
  const key = c.req.header("idempotency-key")?.toLowerCase();
  if (key !== undefined && !isUuid(key)) throw new AppError("INVALID_INPUT", "An Idempotency-Key is a UUID.");
  return key;
}

function makingOf(making: InterviewView["making"]): { making?: InterviewMaking } {
  return making === null ? {} : { making: { world_id: making.worldId, stage: making.stage, share: making.share } };
}
