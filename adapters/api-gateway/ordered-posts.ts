import { AppError } from "#core/lib/errors.ts";
import type { ConnectionId } from "#core/lib/ids.ts";
import type { Clients } from "#core/ports/clients.ts";
import type { Clock } from "#core/ports/system.ts";

/** What became of handing one frame to the gateway once. "full" and "failing": it certainly did not take the frame. */
export type Attempt =
  | { readonly outcome: "posted" | "gone" | "full" | "too-large" }
  | { readonly outcome: "failing"; readonly cause: unknown };

export type PostPolicy = {
  readonly attemptsMax: number;
  /** Before the second attempt; doubled before each further one. */
  readonly firstDelayMs: number;
  /** Posts that wait behind one to the same connection; one more, and the connection is given up. */
  readonly waitingMax: number;
};

/** 0.75 s in all: a client that cannot take a frame for so long is better off reconnecting and resuming. */
export const defaultPostPolicy: PostPolicy = { attemptsMax: 5, firstDelayMs: 50, waitingMax: 256 };

type Options = {
  readonly attempt: (id: ConnectionId, frame: string) => Promise<Attempt>;
  readonly close: (id: ConnectionId) => Promise<void>;
  readonly clock: Clock;
  readonly policy?: PostPolicy;
};

/** What waits for one connection. It goes when nothing does. */
type Lane = { last: Promise<unknown>; waiting: number; isGivenUp: boolean };

/** The `Clients` port over single attempts: those of one connection one after another, those of different ones side by side. */
export function orderedPosts({ attempt, close, clock, policy = defaultPostPolicy }: Options): Clients {
  const lanes = new Map<ConnectionId, Lane>();

  function enqueue<Result>(id: ConnectionId, task: (lane: Lane) => Promise<Result>): Promise<Result> {
    const lane = lanes.get(id) ?? { last: Promise.resolve(), waiting: 0, isGivenUp: false };
    lanes.set(id, lane);
    lane.waiting += 1;
    const result = lane.last.then(() => task(lane));
    lane.last = result.then(leave, leave);
    return result;

    function leave() {
      lane.waiting -= 1;
      if (lane.waiting === 0) lanes.delete(id);
    }
  }

  async function giveUp(id: ConnectionId, lane: Lane): Promise<"slow"> {
    if (!lane.isGivenUp) {
      lane.isGivenUp = true;
      await close(id);
    }
    return "slow";
  }

  async function deliver(id: ConnectionId, frame: string, lane: Lane): Promise<"posted" | "gone" | "slow"> {
    for (let attempts = 1; ; attempts++) {
      if (lane.isGivenUp) return "slow";
      const made = await attempt(id, frame);
      switch (made.outcome) {
        case "posted":
        case "gone":
          return made.outcome;
        case "too-large":
          throw new AppError("PAYLOAD_TOO_LARGE", "The frame is larger than a socket may be sent.");
        case "full":
          if (attempts >= policy.attemptsMax) return giveUp(id, lane);
          break;
        case "failing":
          if (attempts >= policy.attemptsMax) throw gatewayUnreachable(made.cause);
      }
      await clock.sleep(policy.firstDelayMs * 2 ** (attempts - 1));
    }
  }

  return {
    post(id, frame) {
      const lane = lanes.get(id);
      if (lane !== undefined && lane.waiting >= policy.waitingMax) return giveUp(id, lane);
      return enqueue(id, (own) => deliver(id, frame, own));
    },
    close: (id) => enqueue(id, () => close(id)),
  };
}

/** Failing for too long, refused for a reason of its own, or no answer at all: then the frame may have arrived, and is not sent again. */
export function gatewayUnreachable(cause: unknown): AppError {
  return new AppError("UNAVAILABLE", "The socket gateway cannot be reached.", { cause });
}
