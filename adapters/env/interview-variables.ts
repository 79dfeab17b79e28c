import * as z from "zod";
import type { InterviewPolicy } from "#core/interview/context.ts";
import { perHour, perMinute } from "./account-variables.ts";
import { whole } from "./parse.ts";

/** The variables of interviews: whoever runs their verbs, functions or a world worker, needs the same. */
export const interviewVariables = {
  INTERVIEW_MESSAGES_PER_USER_PER_MINUTE: whole(1, 1_000_000).default(20),
  INTERVIEWS_PER_USER_PER_HOUR: whole(1, 1_000_000).default(20),
  WORLDS_PER_USER_PER_HOUR: whole(1, 1_000_000).default(1),
  WORLDS_PER_USER: whole(1, 10_000).default(20),
  PLANET_CLIMATE: z.enum(["provisional", "settled"]).default("provisional"),
};

type Variables = z.output<z.ZodObject<typeof interviewVariables>>;

export function interviewPolicyFrom(vars: Variables): InterviewPolicy {
  return {
    messagesPerUser: perMinute("interview-messages-user", vars.INTERVIEW_MESSAGES_PER_USER_PER_MINUTE),
    startsPerUser: perHour("interviews-user", vars.INTERVIEWS_PER_USER_PER_HOUR),
    worldsPerUser: perHour("worlds-user", vars.WORLDS_PER_USER_PER_HOUR),
    worldsMax: vars.WORLDS_PER_USER,
    planetClimate: vars.PLANET_CLIMATE,
  };
}
