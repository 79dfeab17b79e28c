import { backOffMs } from "#client/back-off.ts";

// Everybody's socket is cut at one moment, and everybody comes back as client/game-link.ts does it: a wait, a ticket over the HTTP API, a handshake. Both doors let in
// only so many a second; who is refused waits again, longer. One event of each client is pending at a time, in a calendar of milliseconds.

export type Doors = {
  /** New connections. */
  readonly handshakesPerS: number;
  /** Requests of any kind: a ticket is one, a handshake another. */
  readonly requestsPerS: number;
};

export type Storm = {
  readonly clients: number;
  readonly seed: number;
  readonly doors: Doors;
  /** Left out: the client's own. */
  readonly waitMs?: (attempt: number, random: number) => number;
};

export type StormResult = {
  /** Of each client, from the cut until its socket is open. */
  readonly backMs: Float64Array;
  readonly attempts: Uint16Array;
  /** In the busiest second. */
  readonly handshakesPerSMost: number;
  readonly requestsPerSMost: number;
};

/** A request that is let in, or refused, is answered after so long; so is a handshake. */
export const ticketMs = 60;
export const refusedMs = 30;
export const handshakeMs = 80;
/** More than the longest wait of a client. */
const calendarMs = 32_768;

const nothing = -1;

export function reconnectStorm(storm: Storm): StormResult {
  const { clients, seed, doors, waitMs = backOffMs } = storm;
  const calendar = createCalendar(clients);
  const hasTicket = new Uint8Array(clients);
  const attempts = new Uint16Array(clients);
  const backMs = new Float64Array(clients);
  const requests = createDoor(doors.requestsPerS);
  const handshakes = createDoor(doors.handshakesPerS);
  let away = clients;
  const waitAgain = (client: number, inMs: number) => {
    const attempt = attempts[client]!++;
    calendar.add(client, inMs + waitMs(attempt, uniform(seed, client, attempt)));
  };
  for (let client = 0; client < clients; client++) waitAgain(client, 0);
  while (away > 0) {
    const client = calendar.next();
    const nowMs = calendar.nowMs();
    if (hasTicket[client] === 0) {
      if (requests.enter(nowMs)) {
        hasTicket[client] = 1;
        calendar.add(client, ticketMs);
      } else waitAgain(client, refusedMs);
      continue;
    }
    // A ticket is good for one handshake.
    hasTicket[client] = 0;
    if (requests.enter(nowMs) && handshakes.enter(nowMs)) {
      backMs[client] = nowMs + handshakeMs;
      away -= 1;
    } else waitAgain(client, refusedMs);
  }
  return { backMs, attempts, handshakesPerSMost: handshakes.most(), requestsPerSMost: requests.most() };
}

/** A bucket that holds a second's worth, and how many knock in the busiest second. */
export function createDoor(perS: number) {
  let tokens = perS;
  let atMs = 0;
  let second = 0;
  let knocks = 0;
  let most = 0;
  return {
    enter(nowMs: number): boolean {
      if (Math.floor(nowMs / 1000) !== second) [second, knocks] = [Math.floor(nowMs / 1000), 0];
      knocks += 1;
      most = Math.max(most, knocks);
      tokens = Math.min(perS, tokens + ((nowMs - atMs) * perS) / 1000);
      atMs = nowMs;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    most: () => most,
  };
}

/** In [0, 1), of a client's attempt (the finaliser of MurmurHash3 over all three). */
export function uniform(seed: number, client: number, attempt: number): number {
  let hash = Math.imul(seed ^ Math.imul(client + 1, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(attempt + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** A ring of milliseconds, each with a list of the clients that are due, first come first. */
function createCalendar(clients: number) {
  const first = new Int32Array(calendarMs).fill(nothing);
  const last = new Int32Array(calendarMs).fill(nothing);
  const after = new Int32Array(clients).fill(nothing);
  let nowMs = 0;
  return {
    nowMs: () => nowMs,
    add(client: number, inMs: number): void {
      const at = (nowMs + inMs) % calendarMs;
      after[client] = nothing;
      if (first[at] === nothing) first[at] = client;
      else after[last[at]!] = client;
      last[at] = client;
    },
    /** Time goes on to the next one that is due. There must be one. */
    next(): number {
      while (first[nowMs % calendarMs] === nothing) nowMs += 1;
      const at = nowMs % calendarMs;
      const client = first[at]!;
      first[at] = after[client]!;
      return client;
    },
  };
}
