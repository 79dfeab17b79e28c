import { randomBytes } from "node:crypto";

/** As much of it as is measured. */
export type BetterAuth = {
  handler(request: Request): Promise<Response>;
  readonly api: { getSession(input: { readonly headers: Headers }): Promise<{ readonly user: object } | null> };
};

type Modules = [
  { betterAuth(options: object): BetterAuth },
  { memoryAdapter(tables: Record<string, object[]>): unknown },
];

/** null where it is not installed: it is no dependency of the backend. */
export async function loadBetterAuth(baseURL: string): Promise<BetterAuth | null> {
  const names: readonly string[] = ["better-auth", "better-auth/adapters/memory"];
  const modules = (await Promise.all(names.map((name) => import(name))).catch((error: { code?: string }) => {
    if (error.code === "ERR_MODULE_NOT_FOUND") return null;
    throw error;
  })) as Modules | null;
  if (modules === null) return null;
  const [{ betterAuth }, { memoryAdapter }] = modules;
  return betterAuth({
    baseURL,
    secret: randomBytes(32).toString("base64"),
    database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
    emailAndPassword: { enabled: true },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: "error" },
  });
}
