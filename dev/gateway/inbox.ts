export type Message = { readonly data: Buffer; readonly isBinary: boolean };

export type Inbox = {
  put(message: Message): void;
  /** Nothing waits any more. For after the last `put`. */
  allStarted(): Promise<void>;
  allEnded(): Promise<void>;
};

type Options = {
  readonly underWayMax: number;
  /** Never rejects. */
  readonly start: (message: Message) => Promise<void>;
  /** Told on every change: whether more may be read. */
  readonly setReading: (isReading: boolean) => void;
};

/**
 * Starts each message at once, in the order they came, so many at a time. While there are as many, the socket is not read; what
 * waits here is then no more than the messages of one read, which ws hands out together.
 */
export function inbox({ underWayMax, start, setReading }: Options): Inbox {
  const waiting: Message[] = [];
  const underWay = new Set<Promise<void>>();
  let tellAllStarted: () => void = ignore;

  const startWhatMay = () => {
    while (underWay.size < underWayMax) {
      const message = waiting.shift();
      if (message === undefined) break;
      const work = start(message).finally(() => {
        underWay.delete(work);
        startWhatMay();
      });
      underWay.add(work);
    }
    setReading(underWay.size < underWayMax);
    if (waiting.length === 0) tellAllStarted();
  };

  return {
    put(message) {
      waiting.push(message);
      startWhatMay();
    },
    allStarted() {
      return new Promise((resolve) => {
        tellAllStarted = resolve;
        if (waiting.length === 0) resolve();
      });
    },
    async allEnded() {
      await Promise.all(underWay);
    },
  };
}

function ignore(): void {}
