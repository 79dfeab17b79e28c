import * as z from "zod";

/** Where a worker's numbers go, beside its `/metrics`. */
export type EmfConfig = { readonly stage: string };

export const metricsVariables = {
  METRICS: z.enum(["none", "emf"], "must be one of none, emf").default("none"),
  METRICS_STAGE: z
    .string()
    .regex(/^[\w.-]{1,100}$/, "must be 1 to 100 letters, digits, _, - or .")
    .default("local"),
};

type Variables = { readonly [K in keyof typeof metricsVariables]: z.output<(typeof metricsVariables)[K]> };

/** null: only whoever comes to `/metrics` is told. */
export function emfFrom({ METRICS, METRICS_STAGE: stage }: Variables): EmfConfig | null {
  return METRICS === "emf" ? { stage } : null;
}
