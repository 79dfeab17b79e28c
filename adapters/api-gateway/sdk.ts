import {
  ApiGatewayManagementApiClient,
  ApiGatewayManagementApiServiceException,
  DeleteConnectionCommand,
  GoneException,
  LimitExceededException,
  PayloadTooLargeException,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import type { ConnectionId } from "#core/lib/ids.ts";
import { gatewayUnreachable } from "./ordered-posts.ts";
import type { Attempt } from "./ordered-posts.ts";
import type { SigningCredentials } from "./sigv4.ts";

export type SdkOptions = {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials?: SigningCredentials;
  readonly socketsMax: number;
  readonly requestMsMax: number;
  readonly connectMsMax: number;
};

export type Sdk = ReturnType<typeof connectSdk>;

/** `@connections` as AWS's own client speaks to it: the reference. */
export function connectSdk({ endpoint, region, credentials, ...bounds }: SdkOptions) {
  const client = new ApiGatewayManagementApiClient({
    endpoint,
    region,
    ...(credentials !== undefined && { credentials: identity(credentials) }),
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
  return {
    async post(id: ConnectionId, frame: string): Promise<Attempt> {
      try {
        await client.send(new PostToConnectionCommand({ ConnectionId: id, Data: Buffer.from(frame) }));
        return { outcome: "posted" };
      } catch (error) {
        return attemptFailed(error);
      }
    },
    async close(id: ConnectionId): Promise<void> {
      try {
        await client.send(new DeleteConnectionCommand({ ConnectionId: id }));
      } catch (error) {
        if (!(error instanceof GoneException)) throw gatewayUnreachable(error);
      }
    },
    /** Kept by the SDK, and fetched again before they expire. */
    credentials: (): Promise<SigningCredentials> => client.config.credentials(),
    /** How far the gateway's clock is from this machine's, once the SDK has been told. */
    clockOffsetMs: (): number => client.config.systemClockOffset,
    [Symbol.dispose]: () => client.destroy(),
  };
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
  throw gatewayUnreachable(error);
}

function identity({ accessKeyId, secretAccessKey, sessionToken }: SigningCredentials) {
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
}
