import * as z from "zod";
import { errorCodes } from "../lib/errors.ts";

/** The body of every answer that is not a success, over HTTP. */
export const errorBody = z.object({
  error: z.object({
    code: z.enum(errorCodes),
    message: z.string(),
    details: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    request_id: z.string(),
  }),
});
export type ErrorBody = z.infer<typeof errorBody>;
