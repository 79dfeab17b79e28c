import type {
  AuditResponse,
  GatewaysResponse,
  OverseenWorlds,
  UserSessionsResponse,
  WorkersResponse,
} from "#core/protocol/oversight.ts";
import type { Request, Rest } from "./rest.ts";

// What administrators may ask; everybody else is answered FORBIDDEN.

export function createAdminApi(rest: Rest) {
  const get = <T>(path: string, more?: Request) => rest<T>("GET", `/admin${path}`, more);
  const query = (parameters: Readonly<Record<string, string>>) => new URLSearchParams(parameters).toString();
  return {
    worlds: (more?: Request) => get<OverseenWorlds>("/worlds", more),
    workers: (more?: Request) => get<WorkersResponse>("/workers", more),
    gateways: (more?: Request) => get<GatewaysResponse>("/gateways", more),
    /** `user`: by id, e-mail address or username; "" for everybody. */
    audit: ({ user, limit }: { readonly user: string; readonly limit: number }, more?: Request) =>
      get<AuditResponse>(`/audit?${query({ limit: String(limit), ...(user !== "" && { user }) })}`, more),
    sessions: (user: string, more?: Request) => get<UserSessionsResponse>(`/sessions?${query({ user })}`, more),
  };
}
