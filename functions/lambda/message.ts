import { handleMessage } from "../ws/default.ts";
import type { MessageEvent } from "../ws/events.ts";
import { openFunctions } from "./open-functions.ts";

const { ctx, config, awake } = await openFunctions();

/** `$default` of the WebSocket API. */
export const handler = awake((event: MessageEvent) => handleMessage(ctx, config, event));
