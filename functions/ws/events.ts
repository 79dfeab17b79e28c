/** The parts of API Gateway's WebSocket events that are used here. The originals' types know less than what arrives. */
type RequestContext = {
  readonly connectionId: string;
  readonly requestId: string;
  /** When the gateway had it, in milliseconds since 1970. */
  readonly requestTimeEpoch?: number;
};

export type ConnectEvent = {
  readonly requestContext: RequestContext;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>>;
};

export type MessageEvent = {
  readonly requestContext: RequestContext;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
};

export type DisconnectEvent = {
  readonly requestContext: RequestContext & { readonly disconnectStatusCode?: number };
};

export type SocketResult = {
  readonly statusCode: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
};
