import type { Limit } from "../ports.ts";

/** What operators may set about accounts. */
export type AccountPolicy = {
  readonly sessionLifetimeMs: number;
  /** By normalised e-mail address, known or not. */
  readonly loginPerAccount: Limit;
  readonly loginPerAddress: Limit;
  readonly registerPerAddress: Limit;
  /** Limits by address leave this machine alone while developing. */
  readonly limitsLoopback: boolean;
};
