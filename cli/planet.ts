import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { cellsOf, parseArguments, planetHelp } from "./planet/arguments.ts";
import { makeAndWrite } from "./planet/make.ts";
import { openOutput } from "./planet/output.ts";
import { createProgress, duration } from "./planet/progress.ts";
import { parseSpec } from "./planet/spec.ts";
import { exitCodes, run, UsageError } from "./run.ts";

await run(async (args) => {
  if (args.length === 0 || args.includes("--help") || args.includes("-h")) {
    console.log(planetHelp);
    return args.length === 0 ? exitCodes.usage : exitCodes.done;
  }
  const { specFile, out, seed, level, askedCells, ...options } = parseArguments(args);
  const text = await readFile(specFile, "utf8").catch((error: unknown) => {
    throw new UsageError(`--spec: ${specFile} cannot be read (${codeOf(error)})`);
  });
  const named = parseSpec(text, level);
  const spec = seed === null ? named.spec : { ...named.spec, seed };

  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());
  const progress = createProgress(process.stderr, () => performance.now());
  const startedMs = performance.now();
  if (askedCells !== null) progress.say(`${askedCells} cells: the nearest grid has ${cellsOf(level)}`);
  try {
    await using output = await openOutput(out).catch((error: unknown) => {
      throw new UsageError(`--out: ${out} cannot be written to (${codeOf(error)})`);
    });
    const ctx = { output, progress, signal: stopping.signal, threads: availableParallelism() };
    await makeAndWrite({ ...named, ...options, spec }, ctx);
    stopping.signal.throwIfAborted();
    await output.publish();
  } catch (error) {
    progress.end();
    if (!stopping.signal.aborted) throw error;
    console.error("Stopped: nothing was written.");
    return exitCodes.failed;
  }
  progress.say(`${named.name}: written to ${out} in ${duration(performance.now() - startedMs)}`);
  return exitCodes.done;
});

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
