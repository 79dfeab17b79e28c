import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyResultV2,
  APIGatewayProxyWebsocketEventV2,
  Context,
} from "aws-lambda";

export type HttpHandler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyResultV2>;

type Identity = { readonly identity: { readonly sourceIp: string; readonly userAgent: string } };
type With<More> = APIGatewayProxyWebsocketEventV2 & {
  requestContext: APIGatewayProxyWebsocketEventV2["requestContext"] & Identity & More;
};

/** As the client spelt the names of its headers; only this event has them. */
export type ConnectEvent = With<object> & {
  headers: Record<string, string>;
  multiValueHeaders: Record<string, string[]>;
};
export type MessageEvent = With<{ messageId: string }> & { body: string };
export type DisconnectEvent = With<{ disconnectStatusCode: number; disconnectReason: string }>;

export type WebSocketHandlers = {
  readonly connect: (event: ConnectEvent, context: Context) => Promise<APIGatewayProxyResultV2>;
  readonly default: (event: MessageEvent, context: Context) => Promise<APIGatewayProxyResultV2>;
  readonly disconnect: (event: DisconnectEvent, context: Context) => Promise<APIGatewayProxyResultV2>;
};
