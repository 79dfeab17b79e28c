import type { NatsRole } from "#adapters/nats/rights.ts";
import { natsUsers } from "../servers/nats-users.ts";

/** Where the server of compose.yaml finds the password of a role. */
export const passwordVariable = (role: NatsRole): string => `NATS_PASSWORD_${role.toUpperCase().replaceAll("-", "_")}`;

/** The configuration of the NATS in compose.yaml, which is kept as a file: a container has no generator. */
export function natsConf(): string {
  return `# For compose.yaml; made by dev/containers/make-nats-conf.ts. The rights come from adapters/nats/rights.ts.
listen: "0.0.0.0:4222"
http: "127.0.0.1:8222"
# A cut-off client loses its share of a queue group when it misses its pings; by default that takes minutes.
ping_interval: "5s"
ping_max: 2
websocket { listen: "0.0.0.0:8080", no_tls: true }
jetstream { store_dir: "/data", sync_interval: always }
${users()}`;
}

/** Of the servers in the cloud, which have the rest of their configuration from infra/nats-server-script.ts. */
export function natsUsersConf(): string {
  return `# Made by dev/containers/make-nats-conf.ts from adapters/nats/rights.ts.\n${users()}`;
}

const users = (): string => natsUsers((role) => `$${passwordVariable(role)}`);
