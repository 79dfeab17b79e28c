import { AppError } from "#core/lib/errors.ts";
import type { Nats } from "./connect.ts";

/** Waits for an answer only as long as the connection lives that it was asked on: after that it hardly ever comes. */
export type UntilLost = <Answer>(answering: Promise<Answer>) => Promise<Answer>;

export function untilLost(nats: Nats): UntilLost {
  const waiting = new Set<(error: AppError) => void>();
  nats.watch({
    down() {
      const error = new AppError("UNAVAILABLE", "The connection to the message server was lost.", { retryAfterS: 1 });
      for (const giveUp of waiting) giveUp(error);
    },
  });
  return async (answering) => {
    const lost = Promise.withResolvers<never>();
    waiting.add(lost.reject);
    try {
      return await Promise.race([answering, lost.promise]);
    } finally {
      waiting.delete(lost.reject);
    }
  };
}
