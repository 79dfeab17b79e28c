/** Ways in which the system is broken on purpose, to see that a history notices. */
export const variants = [
  "no fence",
  "no input dedupe",
  "no lease check",
  "no outbound dedupe",
  "no forward dedupe",
] as const;
export type Variant = (typeof variants)[number] | null;
