import { describe, expect, test } from "vitest";
import { AppError } from "#core/lib/errors.ts";
import type { ConnectionId } from "#core/lib/ids.ts";
import type { Clients } from "#core/ports/clients.ts";
import { frameOutBytesMax } from "#core/protocol/frames-out.ts";

export type ContractSocket = {
  readonly id: ConnectionId;
  /** The next so many frames it receives. */
  take(count: number): Promise<readonly string[]>;
  leave(): Promise<void>;
  /** It receives nothing any more, and does not say so. */
  stall(): void;
  /** Resolves when the other side has closed it. */
  closed(): Promise<unknown>;
};

export type ClientsRig = AsyncDisposable & {
  readonly clients: Clients;
  connect(): Promise<ContractSocket>;
  /** Lets as much time pass as the work needs. */
  waitOut<Result>(work: Promise<Result>): Promise<Result>;
};

const unknown = "AAAAAAAAAAAAAAA=" as ConnectionId;
/** Enough of the largest frames to fill every buffer between the two ends. */
const postsMax = 400;

/** What `Clients` promises. */
export function clientsContract(name: string, start: () => Promise<ClientsRig>): void {
  describe(`${name} as Clients`, () => {
    test("a frame arrives as it was, whatever it says", async () => {
      await using rig = await start();
      const socket = await rig.connect();
      const frames = ["", '{"type":"pong"}', "Ærø – 世界 🌍\n\u2028", "x".repeat(frameOutBytesMax)];
      for (const frame of frames) expect(await rig.clients.post(socket.id, frame)).toBe("posted");
      expect(await socket.take(frames.length)).toEqual(frames);
    });

    test("frames posted to one connection without waiting arrive in that order", async () => {
      await using rig = await start();
      const [first, second] = [await rig.connect(), await rig.connect()];
      const numbers = Array.from({ length: 100 }, (_, index) => String(index));
      const outcomes = await Promise.all(
        numbers.flatMap((number) => [
          rig.clients.post(first.id, number),
          rig.clients.post(second.id, `second ${number}`),
        ]),
      );
      expect(new Set(outcomes)).toEqual(new Set(["posted"]));
      expect(await first.take(100)).toEqual(numbers);
      expect(await second.take(100)).toEqual(numbers.map((number) => `second ${number}`));
    });

    test("a connection that never was, or has left, is gone", async () => {
      await using rig = await start();
      const socket = await rig.connect();
      await socket.leave();
      expect(await rig.clients.post(socket.id, "are you there?")).toBe("gone");
      expect(await rig.clients.post(unknown, "is anyone?")).toBe("gone");
    });

    test("a closed connection has received what was posted before, and is gone", async () => {
      await using rig = await start();
      const socket = await rig.connect();
      const posted = rig.clients.post(socket.id, "farewell");
      const closed = rig.clients.close(socket.id);
      expect(await socket.take(1)).toEqual(["farewell"]);
      expect(await posted).toBe("posted");
      await closed;
      await socket.closed();
      expect(await rig.clients.post(socket.id, "one more thing")).toBe("gone");
    });

    test("closing what is gone already is no error", async () => {
      await using rig = await start();
      const socket = await rig.connect();
      await rig.clients.close(socket.id);
      await rig.clients.close(socket.id);
      await rig.clients.close(unknown);
    });

    test("a frame over the limit is refused, and the connection goes on", async () => {
      await using rig = await start();
      const socket = await rig.connect();
      const refused = await rig.clients.post(socket.id, "é".repeat(frameOutBytesMax / 2) + "!").catch(codeOf);
      expect(refused).toBe("PAYLOAD_TOO_LARGE");
      expect(await rig.clients.post(socket.id, "still here")).toBe("posted");
      expect(await socket.take(1)).toEqual(["still here"]);
    });

    test("one that does not drain is given up as slow, then gone, and nobody else waits for it", async () => {
      await using rig = await start();
      const [stalled, other] = [await rig.connect(), await rig.connect()];
      stalled.stall();
      const large = "x".repeat(frameOutBytesMax);
      const outcomes = new Set<string>();
      for (let posts = 0; posts < postsMax && !outcomes.has("slow"); posts++) {
        const post = rig.clients.post(stalled.id, large);
        expect(await rig.clients.post(other.id, String(posts))).toBe("posted");
        expect(await other.take(1)).toEqual([String(posts)]);
        outcomes.add(await rig.waitOut(post));
      }
      expect(outcomes).toContain("slow");
      expect(await rig.clients.post(stalled.id, "awake?")).toBe("gone");
    });
  });
}

function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code : String(error);
}
