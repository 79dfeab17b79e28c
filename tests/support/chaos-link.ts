import { once } from "node:events";
import { type Frame, frameOut } from "./frames.ts";
import { subprotocol } from "./player.ts";
import type { Account } from "./rest.ts";
import { wsClient } from "./ws-client.ts";

/** A socket of somebody who expects the worst. */
export type ChaosLink = Disposable & {
  send(frame: unknown): void;
  isOpen(): boolean;
  /** Resolves once it is so; asked again with every frame, and with null at first. Throws when the socket closes, or after `msMax`. */
  until(isSo: (frame: Frame | null) => boolean, msMax: number): Promise<void>;
};

type Options = {
  readonly v1: boolean;
  readonly take: (frame: Frame) => void;
  /** API Gateway itself says that a function failed, and not for which frame. */
  readonly complained: () => void;
};

/** As long as API Gateway gives a function. */
const handshakeMsMax = 3_000;

/** Throws where nobody answers in time. A frame that breaks the contract is an unhandled error: it fails the run. */
export async function openLink(url: string, account: Account, options: Options): Promise<ChaosLink> {
  const { v1, take, complained } = options;
  const client = await wsClient(`${url}/api/game/ws`, {
    headers: { authorization: `Bearer ${account.token}` },
    handshakeTimeout: handshakeMsMax,
    ...(v1 && { protocols: [subprotocol] }),
  });
  const { ws } = client;
  const watchers = new Set<(frame: Frame) => void>();
  const receive = (text: string): void => {
    for (const object of text.split("\n")) {
      const json: unknown = JSON.parse(object);
      if (isComplaint(json)) {
        complained();
        continue;
      }
      const frame = frameOut.parse(json);
      take(frame);
      for (const watch of watchers) watch(frame);
    }
  };
  const pump = async (): Promise<void> => {
    for (;;) {
      const text = await client.next().catch(() => null);
      if (text === null) return;
      receive(text);
    }
  };
  void pump();
  return {
    send: (frame) => ws.send(JSON.stringify(frame), () => undefined),
    isOpen: () => ws.readyState === ws.OPEN,
    async until(isSo, msMax) {
      if (isSo(null)) return;
      const found = Promise.withResolvers<void>();
      const watch = (frame: Frame): void => void (isSo(frame) && found.resolve());
      const late = once(AbortSignal.timeout(msMax), "abort").then(() => "late" as const);
      const closed = client.closed.then(() => "closed" as const);
      watchers.add(watch);
      try {
        const outcome = await Promise.race([found.promise.then(() => "so" as const), late, closed]);
        if (outcome !== "so") throw new Error(outcome);
      } finally {
        watchers.delete(watch);
      }
    },
    [Symbol.dispose]: () => ws.terminate(),
  };
}

/** `{"message": "Internal server error", "connectionId", "requestId"}` */
function isComplaint(json: unknown): boolean {
  return typeof json === "object" && json !== null && "connectionId" in json && "requestId" in json;
}
