import { AppError } from "#core/lib/errors.ts";
import type { Rng } from "#core/sim/rng.ts";
import type { SimProcess } from "./process.ts";
import type { Happening, Scheduler } from "./scheduler.ts";

/** What processes talk to. Ports of one server fail together, as they do. */
export const servers = ["database", "broker", "registry", "gateway"] as const;
export type Server = (typeof servers)[number];

/** How bad the network is just now. */
export type Weather = {
  /** Of each message: it is lost with its connection. */
  readonly lossShare: number;
  /** Of each message: it takes up to `slowMsMax`. */
  readonly slowShare: number;
  readonly slowMsMax: number;
};

export const calm: Weather = { lossShare: 0, slowShare: 0, slowMsMax: 0 };
/** A call without an answer fails after this long, by the caller's clock. */
export const callTimeoutMs = 1000;

const usualMsMin = 0.2;
const usualMsMax = 2.2;

export type Cut = {
  /** Towards the server, from it, or both. */
  readonly direction: "request" | "reply" | "both";
  /** What is sent meanwhile comes when the cut ends; or never. */
  readonly isHeld: boolean;
};

export type Network = {
  weather: Weather;
  cut(process: SimProcess, server: Server, cut: Cut): void;
  mend(process: SimProcess, server: Server): void;
  /** Also what was slow arrives now. */
  mendAll(): void;
  /** Asks the server. It may do so and the answer get lost; then it fails as if it had not. Late, it is done all the same. */
  call<Result>(process: SimProcess, server: Server, work: () => Promise<Result>): Promise<Result>;
  /** Sends without waiting for an answer. */
  send(process: SimProcess, server: Server, work: () => void): void;
  /** From the server to the process. */
  notify(process: SimProcess, server: Server, work: () => void): void;
};

type Link = { cut: Cut | null; held: (() => void)[] };

export function createNetwork(scheduler: Scheduler, random: Rng): Network {
  const links = new Map<SimProcess, Map<Server, Link>>();
  const slow = new Set<Happening>();
  const linkOf = (process: SimProcess, server: Server): Link => {
    let mine = links.get(process);
    if (!mine) links.set(process, (mine = new Map()));
    let link = mine.get(server);
    if (!link) mine.set(server, (link = { cut: null, held: [] }));
    return link;
  };
  const delayMs = ({ slowShare, slowMsMax }: Weather): number => {
    const usual = usualMsMin + random.float() * (usualMsMax - usualMsMin);
    return slowShare > 0 && random.float() < slowShare ? usual + random.float() * slowMsMax : usual;
  };

  /** One message, one way. */
  const carry = (link: Link, direction: Cut["direction"], arrive: () => void): void => {
    const { weather } = network;
    if (weather.lossShare > 0 && random.float() < weather.lossShare) return;
    const happening = scheduler.after(delayMs(weather), () => {
      slow.delete(happening);
      const { cut } = link;
      if (cut === null || (cut.direction !== "both" && cut.direction !== direction)) arrive();
      else if (cut.isHeld) link.held.push(arrive);
    });
    if (happening.atMs - scheduler.nowMs() > usualMsMax) slow.add(happening);
  };
  const mend = (link: Link): void => {
    const { held } = link;
    link.cut = null;
    link.held = [];
    for (const arrive of held) scheduler.after(random.float() * 2, arrive);
  };

  const network: Network = {
    weather: calm,
    cut: (process, server, cut) => void (linkOf(process, server).cut = cut),
    mend: (process, server) => mend(linkOf(process, server)),
    mendAll() {
      for (const mine of links.values()) for (const link of mine.values()) mend(link);
      for (const happening of slow) {
        const { work } = happening;
        happening.work = null;
        if (work) scheduler.after(random.float() * usualMsMax, work);
      }
      slow.clear();
    },
    call(process, server, work) {
      const link = linkOf(process, server);
      return new Promise((resolve, reject) => {
        let isOpen = true;
        process.waiting++;
        const close = (settle: () => void) =>
          process.enter(() => {
            if (!isOpen) return;
            isOpen = false;
            process.waiting--;
            late.work = null;
            settle();
          });
        const late = scheduler.after(callTimeoutMs, () => close(() => reject(unreachable())));
        carry(link, "request", () => {
          work().then(
            (result) => carry(link, "reply", () => close(() => resolve(result))),
            (error: Error) => carry(link, "reply", () => close(() => reject(error))),
          );
        });
      });
    },
    send: (process, server, work) => carry(linkOf(process, server), "request", work),
    notify: (process, server, work) => carry(linkOf(process, server), "reply", () => process.enter(work)),
  };
  return network;
}

const unreachable = (): AppError => new AppError("UNAVAILABLE", "The other side does not answer.");

type Calls = Record<string, (...args: never[]) => Promise<unknown>>;

/** A port whose every method is a call over the network. */
export function remote<Port extends Calls>(network: Network, process: SimProcess, server: Server, port: Port): Port {
  const methods = Object.entries(port).map(([name, method]) => [
    name,
    (...args: never[]) => network.call(process, server, () => method(...args)),
  ]);
  return Object.fromEntries(methods) as Port;
}
