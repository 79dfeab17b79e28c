import * as z from "zod";
import { registerRequest } from "./account.ts";
import { sessionId, userId, worldId } from "./record-ids.ts";
import { rpc } from "./subjects.ts";

/** No token of ours comes near it. */
export const tokenLengthMax = 16 * 1024;

const accountRole = z.enum(["user", "admin"]);

/** An account as it is known inside, without its password. Times are milliseconds since 1970. */
export const account = z.object({
  id: userId,
  email: z.string(),
  username: z.string(),
  role: accountRole,
  createdAtMs: z.number(),
  lastLoginAtMs: z.number().nullable(),
  lastWorldId: worldId.nullable(),
});

export const principal = z.object({ userId, sessionId, username: z.string().max(200), role: accountRole });

/** Where the caller comes from, as the gateway saw it. */
const address = z.string().max(256).nullable();
/** Whatever the edge lets through for a login, which may grow a little when it is normalised there. */
const loginInput = z.object({ email: z.string().max(1024), password: z.string().max(2048), address });
const loggedIn = z.object({ token: z.string(), expiresInS: z.int(), account });
const tokenInput = z.object({ token: z.string().max(tokenLengthMax) });

export const authRegister = rpc("auth.register", registerRequest.extend({ address }), account);
export const authLogin = rpc("auth.login", loginInput, loggedIn);
export const authValidate = rpc("auth.validate", tokenInput, principal);
export const authLogout = rpc("auth.logout", principal, z.void());
export const authMe = rpc("auth.me", principal, account);
