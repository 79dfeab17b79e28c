import { availableParallelism } from "node:os";
import { AppError } from "#core/lib/errors.ts";
import type { Passwords } from "#core/ports/credentials.ts";

export type Argon2Options = {
  readonly memoryKiB: number;
  readonly timeCost: number;
  readonly parallelism: number;
  /** At once. What all threads of libuv's pool are busy with keeps files, DNS and WebCrypto waiting, and so every check of a token. */
  readonly runningMax?: number;
  readonly waitingMax?: number;
};

/** OWASP's minimum for argon2id. */
export const argon2Defaults = { memoryKiB: 19 * 1024, timeCost: 2, parallelism: 1 } as const;
const waitingMaxDefault = 64;
/** Of libuv's pool, unless UV_THREADPOOL_SIZE says otherwise; and how many of them are never hashing. */
const [poolThreads, threadsForOthers] = [4, 2];

/** As many as there are cores, but never the whole pool: where more logins are wanted, there are more processes. */
export function hashesAtOnce(cores: number): number {
  return Math.max(1, Math.min(cores, poolThreads - threadsForOthers));
}

const retryAfterS = 2;

/** argon2id. Resolves once the dummy hash is made that unknown users are verified against. */
export async function argon2Passwords(options: Argon2Options): Promise<Passwords> {
  // Native, and not there where functions leave passwords to the auth workers: their bundles must load without it.
  const argon2 = await import("argon2");
  const { memoryKiB: memoryCost, timeCost, parallelism } = options;
  const inTurn = slots(
    options.runningMax ?? hashesAtOnce(availableParallelism()),
    options.waitingMax ?? waitingMaxDefault,
  );
  const hash = (password: string) =>
    argon2.hash(password, { type: argon2.argon2id, memoryCost, timeCost, parallelism });
  const dummy = await hash("a password that nobody has");

  return {
    hash: (password) => inTurn(() => hash(password)),
    async verify(stored, password) {
      const isRight = await inTurn(() => argon2.verify(stored ?? dummy, password));
      return stored !== null && isRight;
    },
    isOutdated: (stored) => argon2.needsRehash(stored, { memoryCost, timeCost, parallelism }),
  };
}

/** At most `runningMax` at once, in the order of asking; refuses at once when `waitingMax` are waiting already. */
function slots(runningMax: number, waitingMax: number) {
  let running = 0;
  const waiting: (() => void)[] = [];

  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running < runningMax) running++;
    else {
      if (waiting.length >= waitingMax)
        throw new AppError("UNAVAILABLE", "Too many people are logging in right now. Try again in a moment.", {
          retryAfterS,
        });
      await new Promise<void>((start) => waiting.push(start));
    }
    try {
      return await work();
    } finally {
      // A slot is handed on, not freed, so that nobody who comes now overtakes who waits.
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
