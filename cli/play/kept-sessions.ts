import { join } from "node:path";
import * as z from "zod";
import { readOwn, writeOwn } from "./kept-files.ts";

const kept = z.record(z.string(), z.object({ email: z.string(), token: z.string() }));
export type KeptSession = z.infer<typeof kept>[string];

const pathIn = (stateDir: string): string => join(stateDir, "sessions.json");

/** By server: one session each. */
export async function keptSession(stateDir: string, origin: string): Promise<KeptSession | null> {
  return (await readAll(stateDir))[origin] ?? null;
}

/** null forgets it. */
export async function keepSession(stateDir: string, origin: string, session: KeptSession | null): Promise<void> {
  const { [origin]: _, ...others } = await readAll(stateDir);
  await writeOwn(pathIn(stateDir), JSON.stringify(session === null ? others : { ...others, [origin]: session }));
}

async function readAll(stateDir: string): Promise<z.infer<typeof kept>> {
  try {
    return kept.parse(JSON.parse((await readOwn(pathIn(stateDir))) ?? "{}"));
  } catch {
    return {};
  }
}
