import { createHandler } from "../http/handler.ts";
import { openFunctions } from "./open-functions.ts";

const { ctx, config, awake } = await openFunctions();

/** API Gateway's HTTP API, every route of it. */
export const handler = awake(createHandler(ctx, config));
