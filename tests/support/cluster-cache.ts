import { join } from "node:path";

/** Shared by all tests and by `npm start`: a fresh cluster costs ten seconds. */
export const clusterCacheDir = join(import.meta.dirname, "../../node_modules/.cache/thousand-worlds");
