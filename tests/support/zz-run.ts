import { spawn, spawnSync } from "node:child_process"; import { mkdtempSync, writeFileSync, rmSync } from "node:fs";
const d = mkdtempSync("/tmp/natsb-"); const sync = process.argv[2] === "sync" ? ", sync_interval: always" : "";
writeFileSync(d + "/c", `listen: "127.0.0.1:45221"\nwebsocket { listen: "127.0.0.1:45222", no_tls: true }\njetstream { store_dir: "${d}/s"${sync} }\n`);
const n = spawn("/usr/sbin/nats-server", ["-c", d + "/c"], { stdio: "ignore" });
await new Promise((r) => setTimeout(r, 1000));
spawnSync(process.execPath, ["tests/support/zz-bench.ts", "ws://127.0.0.1:45222"], { stdio: "inherit" });
n.kill("SIGKILL"); rmSync(d, { recursive: true, force: true });
