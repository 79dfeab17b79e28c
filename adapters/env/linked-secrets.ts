import { Resource } from "sst";
import type { Env } from "./parse.ts";

/** SST hands a function its secrets as a resource, encrypted beside its code; infra/environment.ts names them as the variables they are. */
export function linkedSecrets(): Env {
  return (Resource as unknown as { readonly FunctionSecrets: Env }).FunctionSecrets;
}
