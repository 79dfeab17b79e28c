// What Lambda's managed runtime does: fetches an event, has it handled, answers, again and again. AWS_LAMBDA_RUNTIME_API says where,
// the first argument which bundle.
import http from "node:http";

const base = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const request = http.request(`${base}${path}`, { method, agent }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.once("error", reject);
      response.once("end", () => resolve({ headers: response.headers, text: Buffer.concat(parts).toString() }));
    });
    request.once("error", reject).end(body);
  });
}

const failure = (error) =>
  JSON.stringify({ errorType: error?.name ?? "Error", errorMessage: String(error?.message ?? error) });

let handler;
const startedMs = performance.now();
try {
  ({ handler } = await import(process.argv[2]));
} catch (error) {
  console.error(error);
  await call("POST", "/init/error", failure(error));
  // oxlint-disable-next-line unicorn/no-process-exit
  process.exit(1);
}
console.log(JSON.stringify({ msg: "function loaded", tookMs: Math.round(performance.now() - startedMs) }));

for (;;) {
  const { headers, text } = await call("GET", "/invocation/next");
  const id = headers["lambda-runtime-aws-request-id"];
  const deadlineMs = Number(headers["lambda-runtime-deadline-ms"]);
  const context = { awsRequestId: id, getRemainingTimeInMillis: () => deadlineMs - Date.now() };
  try {
    const result = await handler(JSON.parse(text), context);
    await call("POST", `/invocation/${id}/response`, JSON.stringify(result ?? null));
  } catch (error) {
    console.error(error);
    await call("POST", `/invocation/${id}/error`, failure(error));
  }
}
