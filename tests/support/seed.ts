/** Of everything that is random in tests. Set E2E_SEED to repeat a run that failed, or to try another one. */
export const seed = Number(process.env["E2E_SEED"] ?? 20_301);
