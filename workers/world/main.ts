import { measuredLlm } from "#adapters/measured-ports.ts";
import { tracedLlm } from "#adapters/tracing/traced-ports.ts";
import { keepInterviews } from "#core/interview/keep-interviews.ts";
import { inlineInterviews } from "#core/interview/service.ts";
import { busLlm } from "#core/llm/bus-llm.ts";
import { createReadyMade } from "#core/world/create-ready-made.ts";
import { inlineWorlds } from "#core/world/service.ts";
import { runWorker } from "../lib/run.ts";
import { serveInterviews } from "./serve-interviews.ts";
import { startWorldService } from "./service.ts";

await runWorker("world", async (base, { name, leaseMs, interviewPolicy }) => {
  await createReadyMade(base);
  await using starting = new AsyncDisposableStack();
  const asking = measuredLlm(starting.use(busLlm({ ...base, requests: base.modelRequests })), base.metrics);
  const llm = base.tracing ? tracedLlm(asking, base.tracing) : asking;
  const interviewing = { ...base, llm, interviewPolicy, worldVerbs: inlineWorlds(base) };
  const ctx = { ...interviewing, interviewVerbs: inlineInterviews(interviewing) };
  starting.use(await startWorldService(ctx, { owner: name, leaseMs }));
  starting.use(serveInterviews(ctx));
  starting.use(keepInterviews(interviewing));
  return starting.move();
});
