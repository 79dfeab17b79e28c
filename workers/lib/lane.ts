import { AppError } from "#core/lib/errors.ts";

export type Lane = <Result>(work: () => Promise<Result>) => Promise<Result>;

export const laneRetryAfterS = 1;

/**
 * A share of a process that is slow only to itself: at most so much work at once. What comes beyond that is refused, not kept waiting:
 * whoever asked would be gone when its turn came.
 */
export function lane(underWayMax: number): Lane {
  let underWay = 0;
  return async (work) => {
    if (underWay >= underWayMax) {
      const retryAfterS = laneRetryAfterS;
      throw new AppError("UNAVAILABLE", "Too much is asked right now. Try again in a moment.", { retryAfterS });
    }
    underWay += 1;
    try {
      return await work();
    } finally {
      underWay -= 1;
    }
  };
}
