import { defineConfig } from "drizzle-kit";

// drizzle-kit only writes migrations (`npx drizzle-kit generate`); drizzle/migrate.ts applies them.
export default defineConfig({
  dialect: "postgresql",
  schema: "./drizzle/schema/*.ts",
  out: "./drizzle/migrations",
});
