import { randomUUID } from "node:crypto";
import { errorBody } from "#core/protocol/error-body.ts";
import { loginResponse, userResponse } from "#core/protocol/account.ts";
import { keepSecret } from "./secrets.ts";

export type Answer = { readonly status: number; readonly headers: Headers; readonly text: string; json(): unknown };

export type Call = {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object goes as JSON, anything else as it is. */
  readonly body?: object | string | Uint8Array<ArrayBuffer>;
};

export async function call(url: string, method: string, path: string, options: Call = {}): Promise<Answer> {
  const { token, body, headers } = options;
  const isRaw = typeof body === "string" || body instanceof Uint8Array;
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: isRaw ? body : JSON.stringify(body) }),
    redirect: "error",
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) as unknown };
}

/** Status and code of an answer that must be an error in the contract's form. */
export function refusal({ status, json }: Answer): { readonly status: number; readonly code: string } {
  return { status, code: errorBody.strict().parse(json()).error.code };
}

export type Account = {
  readonly userId: string;
  readonly email: string;
  readonly username: string;
  readonly password: string;
  readonly token: string;
};

/** Registered, and logged in. The name is a username. */
export async function newAccount(url: string, username: string): Promise<Account> {
  const email = `${username.toLowerCase()}-${randomUUID().slice(0, 8)}@e2e.example`;
  const password = keepSecret(`pass-${randomUUID()}`);
  keepSecret(email);
  const registered = await call(url, "POST", "/api/auth/register", { body: { email, username, password } });
  if (registered.status !== 201) throw new Error(`register ${username}: ${registered.text}`);
  const { user_id: userId } = userResponse.strict().parse(registered.json());
  return { userId, email, username, password, token: await login(url, { email, password }) };
}

export async function login(url: string, body: { readonly email: string; readonly password: string }): Promise<string> {
  const answer = await call(url, "POST", "/api/auth/login", { body });
  if (answer.status !== 200) throw new Error(`login: ${answer.text}`);
  return keepSecret(loginResponse.strict().parse(answer.json()).token);
}
