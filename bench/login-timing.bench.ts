// Whether the time of a refused login tells if there is an account: an address that nobody has against a wrong password, over HTTP, gateway,
// argon2id and the embedded database of the whole backend, in interleaved pairs whose order is drawn.
// Budget (targets.md): |AUC − 0.5| ≤ 0.05 over 500 pairs, where AUC is the chance that an unknown address takes longer than a wrong password.
// Beside it the floor: the same two kinds drawn from the wrong passwords alone, which is what 500 pairs show where there is nothing to see.
import { Agent, request } from "node:http";
import { startGame } from "./support/processes.ts";
import { areaUnderCurve, quantile } from "./support/statistics.ts";

const isSmoke = process.argv.includes("--smoke");
const pairs = isSmoke ? 5 : 500;
const warmUps = isSmoke ? 1 : 20;
const aucErrorMax = 0.05;
const limits = {
  LOGIN_PER_ACCOUNT_PER_MINUTE: "1000000",
  LOGIN_PER_ACCOUNT_BY_STRANGERS_PER_MINUTE: "1000000",
  LOGIN_BY_STRANGERS_PER_MINUTE: "10000000",
  LOGIN_PER_ADDRESS_PER_MINUTE: "1000000",
};

await using game = await startGame(limits);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const known = { email: "known@example.org", password: "the right one, quite long" };
if ((await post("/api/auth/register", { ...known, username: "known" })).status !== 201)
  throw new Error("not registered");

const kinds = {
  unknown: (n: number) => `nobody-${n}@example.org`,
  wrong: () => known.email,
  again: () => known.email,
};
type Kind = keyof typeof kinds;
const tookMs: Record<Kind, number[]> = { unknown: [], wrong: [], again: [] };
for (let n = 0; n < warmUps; n++) for (const kind of Object.keys(kinds) as Kind[]) await refusedMs(kind, -n);
for (let n = 0; n < pairs; n++) {
  const order = (Object.keys(kinds) as Kind[])
    .map((kind) => [Math.random(), kind] as const)
    .toSorted(([a], [b]) => a - b);
  for (const [, kind] of order) tookMs[kind].push(await refusedMs(kind, n));
}

agent.destroy();
console.log(`login timing: ${pairs} interleaved pairs, one at a time\n`);
for (const [kind, values] of Object.entries(tookMs)) {
  const [min, median, p99] = [Math.min(...values), quantile(values, 0.5), quantile(values, 0.99)];
  console.log(`${kind.padEnd(8)} min ${min.toFixed(2)}  median ${median.toFixed(2)}  p99 ${p99.toFixed(2)} ms`);
}
const auc = areaUnderCurve(tookMs.unknown, tookMs.wrong);
console.log(`\nAUC, unknown address against wrong password: ${auc.toFixed(3)}`);
console.log(
  `AUC, wrong password against wrong password (floor): ${areaUnderCurve(tookMs.again, tookMs.wrong).toFixed(3)}`,
);
console.log(`|AUC − 0.5| ≤ ${aucErrorMax}: ${Math.abs(auc - 0.5) <= aucErrorMax ? "met" : "NOT met"}`);

async function refusedMs(kind: Kind, n: number): Promise<number> {
  const body = { email: kinds[kind](n), password: `a wrong one, number ${n}` };
  const startedMs = performance.now();
  const { status } = await post("/api/auth/login", body);
  const ms = performance.now() - startedMs;
  if (status !== 401) throw new Error(`${kind}: ${status}`);
  return ms;
}

function post(path: string, body: object): Promise<{ readonly status: number }> {
  const sent = JSON.stringify(body);
  const headers = { "content-type": "application/json", "content-length": String(Buffer.byteLength(sent)) };
  return new Promise((resolve, reject) => {
    const url = `http://127.0.0.1:${game.port}${path}`;
    const asking = request(url, { method: "POST", agent, headers }, (response) => {
      response.resume().once("end", () => resolve({ status: response.statusCode ?? 0 }));
    });
    asking.once("error", reject).end(sent);
  });
}
