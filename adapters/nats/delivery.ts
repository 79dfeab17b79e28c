import type { Msg } from "nats.ws";

/** What the server says of a message that it delivers, in the subject for its ack. */
export type DeliveryInfo = {
  /** The message's place in the stream. */
  readonly sequence: number;
  /** When it was stored, ns. Together with the sequence it names the message, even where a stream was lost and begun anew. */
  readonly storedAtNs: string;
  /** Counts what this consumer was sent, from 1. A gap is a loss on the way. */
  readonly count: number;
};

/** $JS.ACK.[<domain>.<account>.]<stream>.<consumer>.<times>.<sequence>.<count>.<stored>.<pending>[.<random>] */
export function deliveryInfo(reply: string): DeliveryInfo | null {
  const tokens = reply.split(".");
  if (tokens[0] !== "$JS" || tokens[1] !== "ACK" || tokens.length < 9) return null;
  const [, sequence, count, storedAtNs] = tokens.slice(tokens.length === 9 ? 4 : 6);
  return { sequence: Number(sequence), count: Number(count), storedAtNs: storedAtNs ?? "" };
}

/** The count of the last message sent before this heartbeat; null for anything that is not a heartbeat. */
export function heartbeatCount(message: Msg): number | null {
  if (message.headers?.code !== 100) return null;
  return Number(message.headers.get("Nats-Last-Consumer"));
}
