import { randomBytes } from "node:crypto";
import { natsRoles } from "#adapters/nats/rights.ts";
import { passwordVariable } from "./nats-conf.ts";

// `node dev/containers/make-secrets.ts > .env`: everything that compose.yaml asks for. A letter first: nats-server reads what begins with a
// digit as a number.

const lines = [
  `TOKEN_SECRET=${randomBytes(48).toString("base64")}`,
  ...natsRoles.map((role) => `${passwordVariable(role)}=p${randomBytes(24).toString("hex")}`),
];
process.stdout.write(`${lines.join("\n")}\n`);
