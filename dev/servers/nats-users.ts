import { answerWithinS, type NatsRole, natsRoles, rightsOf } from "#adapters/nats/rights.ts";

/**
 * A user for each role in the configuration of a nats-server, with the rights of that role and none else. `passwordOf` answers a password as
 * the configuration has it: in quotes, or as `$VARIABLE`.
 */
export function natsUsers(passwordOf: (role: NatsRole) => string): string {
  const users = natsRoles.map((role) => userOf(role, passwordOf(role)));
  return `authorization {\n  users: [\n${users.join("\n")}\n  ]\n}\n`;
}

function userOf(role: NatsRole, password: string): string {
  const { publish, subscribe, mayAnswer } = rightsOf(role);
  const lines = [
    `      publish: { allow: ${listed(publish)} }`,
    `      subscribe: { allow: ${listed(subscribe)} }`,
    ...(mayAnswer ? [`      allow_responses: { max: 1, expires: "${answerWithinS}s" }`] : []),
  ];
  return `    { user: "${role}", password: ${password}, permissions: {\n${lines.join("\n")}\n    } }`;
}

/** One subject a line, so that a change of rights shows as one. */
function listed(subjects: readonly string[]): string {
  return `[\n${subjects.map((subject) => `        ${JSON.stringify(subject)}`).join("\n")}\n      ]`;
}
