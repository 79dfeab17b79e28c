/** Tokens flow back at `perMs`; at most `burst` are held. */
export type Budget = { readonly burst: number; readonly perMs: number };
/** What is left of it at a moment; below zero where more was taken than was reserved. */
export type BudgetState = { readonly left: number; readonly atMs: number };

export type Reserved =
  | { readonly isGranted: true; readonly state: BudgetState }
  | { readonly isGranted: false; readonly retryAfterMs: number };

/** Longer than this nobody is told to wait: a request larger than the whole budget never fits. */
const retryMsMax = 3_600_000;

export const fullBudget = ({ burst }: Budget, nowMs: number): BudgetState => ({ left: burst, atMs: nowMs });

/** Takes the most that a request may need, before it is begun: requests in a burst cannot all see the same tokens. */
export function reserve(budget: Budget, state: BudgetState, tokens: number, nowMs: number): Reserved {
  const { left, atMs } = refilled(budget, state, nowMs);
  if (left >= tokens) return { isGranted: true, state: { left: left - tokens, atMs } };
  return { isGranted: false, retryAfterMs: Math.ceil(Math.min(retryMsMax, (tokens - left) / budget.perMs)) };
}

/** Gives back what was reserved and not used; takes what was used beyond it. */
export function settle(budget: Budget, state: BudgetState, unused: number, nowMs: number): BudgetState {
  const { left, atMs } = refilled(budget, state, nowMs);
  return { left: Math.min(budget.burst, left + unused), atMs };
}

/** So long after its last use it is full again, and needs no memory. */
export const fullAfterMs = ({ burst, perMs }: Budget, { left }: BudgetState): number =>
  Math.ceil((burst - left) / perMs);

function refilled({ burst, perMs }: Budget, { left, atMs }: BudgetState, nowMs: number): BudgetState {
  const passedMs = Math.max(0, nowMs - atMs);
  return { left: Math.min(burst, left + passedMs * perMs), atMs: Math.max(atMs, nowMs) };
}
