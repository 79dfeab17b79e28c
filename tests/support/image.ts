import { existsSync, readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

const root = join(import.meta.dirname, "../..");
const recipe = readFileSync(join(root, "workers/Dockerfile"), "utf8");

export type Instruction = { readonly name: string; readonly text: string };

/** The stages of workers/Dockerfile, each beginning with its FROM. */
export function stagesOf(dockerfile: string = recipe): Instruction[][] {
  const whole = dockerfile.replaceAll(/^\s*#.*\n/gmu, "").replaceAll(/\\\n\s*/gu, "");
  const stages: Instruction[][] = [];
  for (const line of whole.split("\n").filter((text) => text.trim() !== "")) {
    const [, name = "", text = ""] = /^([A-Z]+) (.*)$/u.exec(line) ?? [];
    if (name === "") throw new Error(`not understood: ${line}`);
    if (name === "FROM") stages.push([]);
    stages.at(-1)!.push({ name, text });
  }
  return stages;
}

export const textsOf = (stage: readonly Instruction[], name: string): string[] =>
  stage.filter((each) => each.name === name).map(({ text }) => text);

export type Image = AsyncDisposable & {
  readonly path: string;
  /** What the image sets for every process in it. */
  readonly env: Readonly<Record<string, string>>;
  /** Of its ENTRYPOINT, what comes after the init process. */
  readonly entry: readonly string[];
  readonly healthCheck: readonly string[];
};

/** The files of the image in a directory of their own, and what it does with them. No engine makes it: only what the recipe says is there. */
export async function assembleImage(): Promise<Image> {
  const stages = stagesOf();
  const image = stages.at(-1)!;
  const path = await mkdtemp(join(tmpdir(), "thousand-worlds-image-"));
  const ignored = ignoredFiles();
  for (const text of textsOf(image, "COPY")) {
    const [from, to] = text.replace("--from=dependencies ", "").split(" ") as [string, string];
    const target = join(path, to.endsWith("/") ? join(to, basename(from)) : to);
    if (from === "/app/node_modules") await linkDependencies(target, stages[0]!);
    else await cp(join(root, from), target, { recursive: true, filter: (file) => !ignored(file) });
  }
  const [entryPoint] = textsOf(image, "ENTRYPOINT").map((text) => JSON.parse(text) as string[]);
  const [healthCheck] = textsOf(image, "HEALTHCHECK").map(
    (text) => JSON.parse(/CMD (.*)$/u.exec(text)![1]!) as string[],
  );
  return {
    path,
    env: Object.fromEntries(textsOf(image, "ENV").flatMap((text) => text.split(" ").map((pair) => pair.split("=")))),
    entry: entryPoint!.slice(entryPoint!.indexOf("--") + 1),
    healthCheck: healthCheck!,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

/** Which files the build does not see. */
export function ignoredFiles(): (file: string) => boolean {
  const lines = readFileSync(join(root, ".dockerignore"), "utf8").split("\n");
  const seen = lines.filter((line) => line.startsWith("!")).map((line) => join(root, line.slice(1)));
  return (file) => file.endsWith(".test.ts") || !seen.some((each) => file === each || file.startsWith(`${each}/`));
}

/** What `npm ci --omit=dev` would install, less what the recipe removes again. */
async function linkDependencies(to: string, stage: readonly Instruction[]): Promise<void> {
  const run = textsOf(stage, "RUN").join(" && ");
  if (!run.includes("npm ci --omit=dev")) throw new Error(`not understood: ${run}`);
  const removed = [...run.matchAll(/rm -rf node_modules\/(\S+)/gu)].map(([, name]) => name!);
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, { dev?: boolean }>;
  };
  for (const [key, { dev = false }] of Object.entries(lock.packages)) {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/u.exec(key)?.[1];
    if (name === undefined || dev || !existsSync(join(root, key))) continue;
    if (removed.some((each) => name === each || name.startsWith(`${each}/`))) continue;
    await mkdir(dirname(join(to, name)), { recursive: true });
    await symlink(join(root, key), join(to, name));
  }
}
