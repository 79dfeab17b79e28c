import { readFileSync } from "node:fs";
import { join } from "node:path";
import { natsRoles, passwordVariable } from "./nats-roles.ts";

type Ports = Readonly<Record<"webSocket" | "cluster" | "monitor" | "clients", number>>;
type Args = {
  readonly i: number;
  readonly servers: number;
  readonly ports: Ports;
  readonly region: string;
  /** Before the names of the parameters that hold the passwords. */
  readonly path: string;
};

/** Pinned, with the checksum that its release states. */
const release = { version: "2.12.2", architecture: "arm64" };

/** What makes a server of a fresh Debian: its disk, its passwords, its configuration, and the program under systemd. */
export function natsServerScript(args: Args): string {
  return `#!/bin/bash
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
apt-get update -q && apt-get install -q -y --no-install-recommends awscli curl ca-certificates xfsprogs

# The disk arrives when Pulumi has attached it. It keeps what was on it.
disk=/dev/nvme1n1
for _ in $(seq 120); do [ -b $disk ] && break; sleep 1; done
blkid $disk >/dev/null || mkfs.xfs $disk
mkdir -p /data && mount $disk /data
echo "$disk /data xfs defaults,nofail 0 2" >> /etc/fstab
useradd --system --home /data nats || true
mkdir -p /data/jetstream && chown -R nats /data

url=https://github.com/nats-io/nats-server/releases/download/v${release.version}
package=nats-server-v${release.version}-${release.architecture}.deb
curl -fsSL --retry 5 -o /tmp/$package $url/$package
curl -fsSL --retry 5 -o /tmp/SHA256SUMS $url/SHA256SUMS
(cd /tmp && grep " $package\\$" SHA256SUMS | sha256sum --check -)
dpkg -i /tmp/$package

password() { aws ssm get-parameter --region ${args.region} --with-decryption --name "${args.path}/nats-password-$1" --query Parameter.Value --output text; }
umask 077
{
${natsRoles.map((role) => `  echo "${passwordVariable(role)}=$(password ${role})"`).join("\n")}
} > /etc/nats.env
umask 022
cat > /etc/nats.conf <<'CONF'
${natsServerConf(args)}
CONF
# The server reads variables as whole values only, not within the address of a route.
routes=$(password routes)
sed -i "s/ROUTES_PASSWORD/$routes/g" /etc/nats.conf
chown nats /etc/nats.conf && chmod 400 /etc/nats.conf
cat > /etc/systemd/system/nats.service <<'UNIT'
[Unit]
After=network-online.target
Wants=network-online.target
[Service]
User=nats
EnvironmentFile=/etc/nats.env
ExecStart=/usr/bin/nats-server --config /etc/nats.conf
ExecStop=/usr/bin/nats-server --signal ldm=$MAINPID
TimeoutStopSec=60
LimitNOFILE=800000
Restart=always
RestartSec=2
[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload && systemctl enable --now nats
`;
}

export function natsServerConf({ i, servers, ports }: Omit<Args, "region" | "path">): string {
  const others = Array.from(
    { length: servers },
    (_, n) => `nats://routes:ROUTES_PASSWORD@${n}.nats.internal:${ports.cluster}`,
  );
  return `server_name: "nats-${i}"
listen: "127.0.0.1:${ports.clients}"
http: "0.0.0.0:${ports.monitor}"
ping_interval: "5s"
ping_max: 2
# TLS ends at the balancer.
websocket { listen: "0.0.0.0:${ports.webSocket}", no_tls: true }
jetstream { store_dir: "/data/jetstream", sync_interval: always, max_file_store: 16GB }
cluster {
  name: "worlds"
  listen: "0.0.0.0:${ports.cluster}"
  authorization { user: routes, password: ROUTES_PASSWORD }
  routes: [${others.join(", ")}]
}
${usersAndRights()}`;
}

/** Made from adapters/nats/rights.ts by dev/containers/make-nats-conf.ts, as everywhere. */
function usersAndRights(): string {
  return readFileSync(join($cli.paths.root, "infra/nats-users.conf"), "utf8");
}
