import { handleDisconnect } from "../ws/disconnect.ts";
import type { DisconnectEvent } from "../ws/events.ts";
import { openFunctions } from "./open-functions.ts";

const { ctx, awake } = await openFunctions();

/** `$disconnect` of the WebSocket API, which may never come. */
export const handler = awake((event: DisconnectEvent) => handleDisconnect(ctx, event));
