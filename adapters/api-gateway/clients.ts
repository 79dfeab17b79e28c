import {
  ApiGatewayManagementApiClient,
  ApiGatewayManagementApiServiceException,
  DeleteConnectionCommand,
  GoneException,
  LimitExceededException,
  PayloadTooLargeException,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { AppError } from "#core/lib/errors.ts";
import type { Clients, Clock } from "#core/ports.ts";
import { orderedPosts } from "./ordered-posts.ts";
import type { Attempt, PostPolicy } from "./ordered-posts.ts";
import { slots } from "./slots.ts";

export type ApiGatewayClientsOptions = {
  /** Without "/@connections": https://<domain>/<stage>, or the stand-in's. */
  readonly endpoint: string;
  readonly region: string;
  /** Absent: whatever the SDK finds, in Lambda the function's role. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly clock: Clock;
  readonly policy?: PostPolicy;
  readonly socketsMax?: number;
  readonly waitingMax?: number;
  readonly requestMsMax?: number;
};

const defaults = { socketsMax: 50, waitingMax: 10_000, requestMsMax: 5000, connectMsMax: 2000 };

/** Frames out through `@connections`. Holds sockets open until it is disposed of. */
export function apiGatewayClients(options: ApiGatewayClientsOptions): Clients & Disposable {
  const { endpoint, region, credentials, clock, policy, ...bounds } = { ...defaults, ...options };
  const sdk = new ApiGatewayManagementApiClient({
    endpoint,
    region,
    ...(credentials !== undefined && { credentials }),
    // The SDK would also try again where the answer was lost, and so say a thing twice.
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: bounds.connectMsMax,
      requestTimeout: bounds.requestMsMax,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: bounds.socketsMax },
      httpsAgent: { keepAlive: true, maxSockets: bounds.socketsMax },
    },
  });
  const inSlot = slots({ runningMax: bounds.socketsMax, waitingMax: bounds.waitingMax });

  const posts = orderedPosts({
    clock,
    ...(policy !== undefined && { policy }),
    attempt: (id, frame) =>
      inSlot(async () => {
        try {
          await sdk.send(new PostToConnectionCommand({ ConnectionId: id, Data: Buffer.from(frame) }));
          return { outcome: "posted" };
        } catch (error) {
          return attemptFailed(error);
        }
      }),
    close: (id) =>
      inSlot(async () => {
        try {
          await sdk.send(new DeleteConnectionCommand({ ConnectionId: id }));
        } catch (error) {
          if (!(error instanceof GoneException)) throw unreachable(error);
        }
      }),
  });
  return { ...posts, [Symbol.dispose]: () => sdk.destroy() };
}

function attemptFailed(error: unknown): Attempt {
  if (error instanceof GoneException) return { outcome: "gone" };
  if (error instanceof LimitExceededException) return { outcome: "full" };
  if (error instanceof PayloadTooLargeException) return { outcome: "too-large" };
  if (error instanceof ApiGatewayManagementApiServiceException) {
    const status = error.$metadata.httpStatusCode ?? 0;
    // Throttled by the account's limits: the client is not to blame.
    if (status === 429 || status >= 500) return { outcome: "failing", cause: error };
  }
  throw unreachable(error);
}

/** Refused for another reason, or no answer at all: then the frame may have arrived, and is not sent again. */
function unreachable(cause: unknown): AppError {
  return new AppError("UNAVAILABLE", "The socket gateway cannot be reached.", { cause });
}
