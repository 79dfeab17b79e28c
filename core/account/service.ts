import { AppError } from "../lib/errors.ts";
import type { Accounts, Bus, Clock, Entropy, Limits, Passwords, Sessions, Tokens } from "../ports.ts";
import type { LoginRequest, RegisterRequest } from "../protocol/account.ts";
import {
  authLogin,
  authLogout,
  authMe,
  authRegister,
  authValidate,
  tokenLengthMax,
} from "../protocol/auth-subjects.ts";
import { checkToken } from "./check-token.ts";
import { getMe } from "./get-me.ts";
import { type LoggedIn, login } from "./login.ts";
import { logout } from "./logout.ts";
import type { Account, Principal } from "./model.ts";
import type { AccountPolicy } from "./policy.ts";
import { register } from "./register.ts";

type FromSomewhere = { readonly address: string | null };

/** The verbs of accounts, wherever they run. What they promise and how they refuse is the same in this process and in another. */
export type AuthService = {
  register(input: RegisterRequest & FromSomewhere): Promise<Account>;
  login(input: LoginRequest & FromSomewhere): Promise<LoggedIn>;
  validate(token: string): Promise<Principal>;
  logout(principal: Principal): Promise<void>;
  me(principal: Principal): Promise<Account>;
};

export type AuthContext = {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly passwords: Passwords;
  readonly tokens: Tokens;
  readonly limits: Limits;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly accountPolicy: AccountPolicy;
};

export function inlineAuth(ctx: AuthContext): AuthService {
  return {
    register: (input) => register(ctx, input),
    login: (input) => login(ctx, input),
    validate: (token) => checkToken(ctx, token),
    logout: (principal) => logout(ctx, principal),
    me: (principal) => getMe(ctx, principal),
  };
}

export type AuthTimeouts = Readonly<Record<keyof AuthService, number>>;

/** Passwords may wait for their turn to be hashed; what every request asks for may not. */
export const authTimeoutsMs: AuthTimeouts = {
  register: 10_000,
  login: 10_000,
  validate: 2_000,
  logout: 3_000,
  me: 3_000,
};

/** Beside the refusals of the verbs: UNAVAILABLE when nobody serves or too much is asked, TIMEOUT past the verb's time. */
export function remoteAuth(bus: Bus, timeoutsMs: AuthTimeouts = authTimeoutsMs): AuthService {
  return {
    register: (input) => bus.request(authRegister, input, { timeoutMs: timeoutsMs.register }),
    login: (input) => bus.request(authLogin, input, { timeoutMs: timeoutsMs.login }),
    async validate(token) {
      if (token.length > tokenLengthMax) throw new AppError("UNAUTHORIZED", "Log in first.");
      return bus.request(authValidate, { token }, { timeoutMs: timeoutsMs.validate });
    },
    logout: (principal) => bus.request(authLogout, principal, { timeoutMs: timeoutsMs.logout }),
    me: (principal) => bus.request(authMe, principal, { timeoutMs: timeoutsMs.me }),
  };
}
