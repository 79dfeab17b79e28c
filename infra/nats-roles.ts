/** Who may log in at NATS, and with which rights, says nats.conf; a test keeps these names true to it. */
export const natsRoles = [
  "functions",
  "functions-inline",
  "world",
  "auth",
  "player",
  "ai-gateway",
  "admin",
  "one-process",
] as const;
export type NatsRole = (typeof natsRoles)[number];

/** Where the configuration of a server finds the password of a role. */
export const passwordVariable = (role: NatsRole): string => `NATS_PASSWORD_${role.toUpperCase().replaceAll("-", "_")}`;
