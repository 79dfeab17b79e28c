import type { Line } from "./log.ts";

/** What a page of this tab leaves behind for the next one, so that a reload goes on where it was. */
export type Visit = {
  readonly userId: string;
  readonly characterId: string | null;
  readonly lastSeq: number | null;
  readonly lines: readonly Line[];
  readonly draft: string;
};

const visitKey = "visit";
const historyKey = "history:";
const linesMax = 200;
export const historyMax = 200;

export function keepVisit(visit: Visit): void {
  write(sessionStorage, visitKey, { ...visit, lines: visit.lines.slice(-linesMax) });
}

/** null where there is none, or it was another player's. */
export function keptVisit(userId: string): Visit | null {
  const visit = read(sessionStorage, visitKey) as Visit | null;
  return visit?.userId === userId ? visit : null;
}

export function keepHistory(userId: string, lines: readonly string[]): void {
  write(localStorage, historyKey + userId, lines.slice(-historyMax));
}

export function keptHistory(userId: string): readonly string[] {
  const lines = read(localStorage, historyKey + userId);
  return Array.isArray(lines) ? lines.filter((line) => typeof line === "string") : [];
}

/** Nothing of who was here is left in this browser. */
export function forgetVisits(userId: string): void {
  try {
    sessionStorage.removeItem(visitKey);
    localStorage.removeItem(historyKey + userId);
  } catch {
    // Then there is nothing either.
  }
}

function read(storage: Storage, key: string): unknown {
  try {
    return JSON.parse(storage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function write(storage: Storage, key: string, value: unknown): void {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch {
    // Full or forbidden: then a reload begins anew.
  }
}
