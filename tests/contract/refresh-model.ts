import { isDeepStrictEqual } from "node:util";
import { expect } from "vitest";
import { seededEntropy } from "#adapters/memory/entropy.ts";
import type { Session } from "#core/account/model.ts";
import { refreshGraceMs } from "#core/account/refresh-family.ts";
import type { Sessions } from "#core/ports/sessions.ts";
import { sessionId, startMs, userId } from "#tests/support/records.ts";

/*
 * Three tabs of one browser and a thief share one session. Each tab holds a refresh token of its own; the thief holds one that a tab had when
 * it was stolen. Whatever they do in whatever order, the store must agree with a model that knows the whole history: which token was issued
 * when, and when each gave way.
 */
const lifetime = { idleMs: 100_000, absoluteMs: 250_000 };
const tabs = 3;

export const steps = [
  "tab 0 refreshes",
  "tab 1 refreshes",
  "tab 2 refreshes",
  // The store has done it; the tab dies, or its network does, before it hears the answer.
  "tab 0 refreshes and hears nothing",
  // All the tabs of a browser share what one has heard.
  "tab 0 tells the others",
  "a thief copies tab 0",
  "the thief refreshes",
  "a request is checked",
  "a request that was checked is touched",
  "the session is revoked",
  "time passes within the grace",
  "time passes up to the end of the grace",
] as const;
export type Step = (typeof steps)[number];

/** What has happened to the one session, in full. */
type Model = {
  nowMs: number;
  isDead: boolean;
  expiresAtMs: number;
  /** When generation n gave way. */
  gaveWayAtMs: number[];
  /** What each holds: three tabs, and the thief. */
  held: (number | null)[];
  /** A check of a request that has read the session, and has not touched it yet. */
  isChecked: boolean;
};

const thief = tabs;

/** Plays the steps on a fresh session and on the model; throws where they disagree. */
export async function play(sessions: Sessions, id: Session["id"], path: readonly Step[]): Promise<void> {
  const session = { id, userId: userId(1), createdAtMs: startMs, expiresAtMs: startMs + lifetime.idleMs };
  await sessions.create(session, "hash");
  const model: Model = {
    nowMs: startMs,
    isDead: false,
    expiresAtMs: session.expiresAtMs,
    gaveWayAtMs: [],
    held: [0, 0, 0, null],
    isChecked: false,
  };
  for (const [index, step] of path.entries()) {
    const about = () => path.slice(0, index + 1).join(", ");
    await playStep(sessions, id, model, step, about);
    agree((await sessions.get(id, model.nowMs)) !== null, isAliveIn(model), about);
  }
}

/** `expect` itself is too slow for millions. */
function agree(actual: unknown, wanted: unknown, about: () => string): void {
  if (!isDeepStrictEqual(actual, wanted)) expect(actual, about()).toEqual(wanted);
}

const isAliveIn = ({ isDead, expiresAtMs, nowMs }: Model) => !isDead && nowMs < expiresAtMs;

async function playStep(
  sessions: Sessions,
  id: Session["id"],
  model: Model,
  step: Step,
  about: () => string,
): Promise<void> {
  switch (step) {
    case "tab 0 refreshes":
      return refresh(sessions, id, model, { by: 0, hears: true, about });
    case "tab 1 refreshes":
      return refresh(sessions, id, model, { by: 1, hears: true, about });
    case "tab 2 refreshes":
      return refresh(sessions, id, model, { by: 2, hears: true, about });
    case "tab 0 refreshes and hears nothing":
      return refresh(sessions, id, model, { by: 0, hears: false, about });
    case "the thief refreshes":
      return refresh(sessions, id, model, { by: thief, hears: true, about });
    case "tab 0 tells the others":
      model.held = [model.held[0]!, model.held[0]!, model.held[0]!, model.held[thief]!];
      return;
    case "a thief copies tab 0":
      model.held[thief] = model.held[0]!;
      return;
    case "a request is checked":
      model.isChecked = isAliveIn(model);
      return;
    case "a request that was checked is touched":
      if (!model.isChecked) return;
      await sessions.touch(id, model.nowMs, lifetime);
      touched(model);
      return;
    case "the session is revoked":
      await sessions.revoke(id);
      model.isDead = true;
      return;
    case "time passes within the grace":
      model.nowMs += refreshGraceMs - 1;
      return;
    case "time passes up to the end of the grace":
      model.nowMs += refreshGraceMs;
  }
}

function touched(model: Model): void {
  if (!isAliveIn(model)) return;
  const lastsUntilMs = Math.min(model.nowMs + lifetime.idleMs, startMs + lifetime.absoluteMs);
  model.expiresAtMs = Math.max(model.expiresAtMs, lastsUntilMs);
}

async function refresh(
  sessions: Sessions,
  id: Session["id"],
  model: Model,
  { by, hears, about }: { by: number; hears: boolean; about: () => string },
): Promise<void> {
  const generation = model.held[by] ?? null;
  if (generation === null) return;
  const answer = await sessions.refresh(id, { hash: "hash", generation }, model.nowMs, lifetime);
  if (!isAliveIn(model)) {
    agree(answer, { outcome: "unknown" }, about);
    return;
  }
  const newest = model.gaveWayAtMs.length;
  const gaveWayAtMs = model.gaveWayAtMs[generation];
  if (gaveWayAtMs !== undefined && model.nowMs - gaveWayAtMs >= refreshGraceMs) {
    agree(answer, { outcome: "reused", userId: userId(1) }, about);
    model.isDead = true;
    return;
  }
  if (generation === newest) model.gaveWayAtMs.push(model.nowMs);
  touched(model);
  const next = model.gaveWayAtMs.length;
  const session = { id, userId: userId(1), createdAtMs: startMs, expiresAtMs: model.expiresAtMs };
  agree(answer, { outcome: "refreshed", session, generation: next }, about);
  if (hears) model.held[by] = next;
}

/** Random paths, longer than could all be tried; each is the same on every machine. */
export async function playSamples(
  sessions: Sessions,
  { runs, length, firstRun = 0 }: { runs: number; length: number; firstRun?: number },
): Promise<void> {
  const path = (run: number): Step[] => {
    const { uint32 } = seededEntropy(run);
    return Array.from({ length }, () => steps[uint32() % steps.length]!);
  };
  await Promise.all(Array.from({ length: runs }, (_, run) => play(sessions, sessionId(run), path(firstRun + run + 1))));
}
