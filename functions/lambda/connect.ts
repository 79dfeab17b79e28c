import { handleConnect } from "../ws/connect.ts";
import type { ConnectEvent } from "../ws/events.ts";
import { openFunctions } from "./open-functions.ts";

const { ctx, config, awake } = await openFunctions();

/** `$connect` of the WebSocket API. */
export const handler = awake((event: ConnectEvent) => handleConnect(ctx, config, event));
