import type { Network } from "./network.ts";
import type { Settings } from "./stage.ts";

const parallel = 4;

/** Hosts for the AI gateway: addresses of one's own, and GPU instances if any are asked for. */
export function createModels({ vpc }: Network, settings: Settings): $util.Output<string> {
  const group =
    settings.gpuHosts === 0
      ? null
      : new aws.ec2.SecurityGroup("Ollama", {
          vpcId: vpc.id,
          description: "Ollama: from within only",
          ingress: [{ protocol: "tcp", fromPort: 11434, toPort: 11434, securityGroups: vpc.securityGroups }],
          egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
        });
  const made = Array.from({ length: settings.gpuHosts }, (_, i) => {
    const instance = new aws.ec2.Instance(
      `Ollama${i}`,
      {
        ami: aws.ssm.getParameterOutput({
          name: "/aws/service/deeplearning/ami/x86_64/base-oss-nvidia-driver-gpu-ubuntu-22.04/latest/ami-id",
        }).value,
        instanceType: "g6.xlarge",
        subnetId: vpc.publicSubnets.apply((subnets) => subnets[i % subnets.length]),
        vpcSecurityGroupIds: group ? [group.id] : [],
        metadataOptions: { httpTokens: "required", httpEndpoint: "enabled" },
        rootBlockDevice: { encrypted: true, volumeType: "gp3", volumeSize: 100 },
        userData: ollamaScript,
        userDataReplaceOnChange: true,
      },
      { ignoreChanges: ["ami"] },
    );
    return instance.privateIp.apply((address) => `http://${address}:11434?parallel=${parallel}&name=gpu-${i}`);
  });
  return $util.all(made).apply((hosts) => [settings.ollamaHosts, ...hosts].filter((host) => host !== "").join(","));
}

/** The pinned Ollama, listening to the network, with the model that AI_MODEL names by default. */
const ollamaScript = `#!/bin/bash
set -euo pipefail
curl -fsSL --retry 5 https://ollama.com/install.sh | OLLAMA_VERSION=0.13.0 sh
mkdir -p /etc/systemd/system/ollama.service.d
cat > /etc/systemd/system/ollama.service.d/worlds.conf <<'UNIT'
[Service]
Environment=OLLAMA_HOST=0.0.0.0:11434 OLLAMA_NUM_PARALLEL=${parallel} OLLAMA_MAX_LOADED_MODELS=1 OLLAMA_KEEP_ALIVE=30m
UNIT
systemctl daemon-reload && systemctl restart ollama
until curl -fs http://127.0.0.1:11434/api/version; do sleep 1; done
ollama pull llama3.2
`;
