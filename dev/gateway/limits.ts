/** What Amazon API Gateway allows (its quotas, where it states them), and what one process allows itself. */
export type GatewayLimits = {
  /** A message, however many frames it comes in, and a frame sent out. */
  readonly messageBytesMax: number;
  readonly frameBytesMax: number;
  /** A socket without a frame either way for this long is closed. */
  readonly idleMsMax: number;
  readonly lifetimeMsMax: number;
  /** Sockets open at once, those in $connect included. */
  readonly connectionsMax: number;
  /** $default invocations under way for one socket; while there are as many, the socket is not read. */
  readonly invocationsPerConnectionMax: number;
  /** What one socket may have waiting to be sent; a post beyond it is refused with 429. */
  readonly bufferedBytesMax: number;
  /** A socket that refuses posts for this long is cut. */
  readonly stalledMsMax: number;
  /** How often idle, old and stalled sockets are looked for. */
  readonly sweepEveryMs: number;
  /** From our close frame to the peer's; then the socket is destroyed. */
  readonly closeHandshakeMsMax: number;
  readonly bodyBytesMax: number;
  /** Lambda's own bound on an answer. */
  readonly responseBytesMax: number;
  readonly headerBytesMax: number;
  /** How long a handler may take. */
  readonly integrationMsMax: number;
  /** HTTP requests under way; beyond it 503. */
  readonly requestsMax: number;
  readonly headersMsMax: number;
  readonly requestMsMax: number;
  /** A TCP connection on which nothing moves, while a request is answered or between two. */
  readonly inactiveMsMax: number;
  /** How long a stop waits for handlers. */
  readonly stopMsMax: number;
};

const KiB = 1024;
const MiB = 1024 * KiB;

export const defaultLimits: GatewayLimits = {
  messageBytesMax: 128 * KiB,
  frameBytesMax: 32 * KiB,
  idleMsMax: 10 * 60_000,
  lifetimeMsMax: 2 * 60 * 60_000,
  connectionsMax: 5000,
  invocationsPerConnectionMax: 32,
  bufferedBytesMax: 1 * MiB,
  stalledMsMax: 30_000,
  sweepEveryMs: 5000,
  closeHandshakeMsMax: 2000,
  bodyBytesMax: 10 * MiB,
  responseBytesMax: 6 * MiB,
  headerBytesMax: 10_240,
  integrationMsMax: 29_000,
  requestsMax: 1000,
  headersMsMax: 10_000,
  requestMsMax: 30_000,
  inactiveMsMax: 60_000,
  stopMsMax: 5000,
};

/**
 * Before functions that number a connection's commands in a Redis: calls of several requests overtake one another there, and what is
 * numbered in the wrong order is done in the wrong order, unless it waits (COMMAND_SETTLE_MS) or the client counts. API Gateway has no such
 * setting.
 */
export const oneInvocationAtOnce: Partial<GatewayLimits> = { invocationsPerConnectionMax: 1 };
