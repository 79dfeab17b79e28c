import { homedir } from "node:os";
import { join } from "node:path";
import type { Env } from "#adapters/env/parse.ts";

export type PlayConfig = {
  /** Of whoever plays, on this machine: what was typed, and sessions where that was asked for. */
  readonly stateDir: string;
  /** Whether the environment is against colours (no-color.org), or the terminal knows none. */
  readonly isPlain: boolean;
};

/** The only reader of the environment of the terminal client. */
export function readPlayEnv(): Env {
  return process.env;
}

export function playConfigFromEnv(env: Env): PlayConfig {
  const { XDG_STATE_HOME, NO_COLOR, TERM } = env;
  const base = isSet(XDG_STATE_HOME) ? XDG_STATE_HOME : join(homedir(), ".local/state");
  return { stateDir: join(base, "thousand-worlds"), isPlain: isSet(NO_COLOR) || TERM === "dumb" };
}

const isSet = (value: string | undefined): value is string => value !== undefined && value !== "";
