import { AppError } from "../lib/errors.ts";
import type { SessionId } from "../lib/ids.ts";
import type { Accounts, PersonalData } from "../ports/accounts.ts";
import type { Audit } from "../ports/audit.ts";
import type { Bus } from "../ports/bus.ts";
import type { CharacterLog } from "../ports/character-log.ts";
import type { Characters } from "../ports/characters.ts";
import type { Passwords, Tokens } from "../ports/credentials.ts";
import type { KnownAddresses, Limits } from "../ports/limits.ts";
import type { Letters, MailTokens } from "../ports/mail.ts";
import type { Sessions } from "../ports/sessions.ts";
import type { Clock, Entropy, Log } from "../ports/system.ts";
import type { RegisterRequest } from "../protocol/account.ts";
import {
  authDelete,
  authEndOtherSessions,
  authEndSession,
  authExport,
  authForgotten,
  authLogin,
  authLogout,
  authMe,
  authPassword,
  authRefresh,
  authRegister,
  authReset,
  authSessions,
  authValidate,
  authVerification,
  authVerify,
  tokenLengthMax,
} from "../protocol/auth-subjects.ts";
import { changePassword, type PasswordChange } from "./change-password.ts";
import { checkToken } from "./check-token.ts";
import { deleteAccount } from "./delete-account.ts";
import { type AccountExport, exportAccount } from "./export-account.ts";
import { getMe } from "./get-me.ts";
import { type LoggedIn, login, type LoginInput } from "./login.ts";
import { logout } from "./logout.ts";
import type { Account, Principal, Session } from "./model.ts";
import type { SessionTokens } from "./open-session.ts";
import { endOtherSessions, endOwnSession, ownSessions } from "./own-sessions.ts";
import type { AccountPolicy } from "./policy.ts";
import { refresh } from "./refresh.ts";
import { register } from "./register.ts";
import { requestPasswordReset, resetPassword } from "./reset-password.ts";
import { requestEmailVerification, verifyEmail } from "./verify-email.ts";

type FromSomewhere = { readonly address: string | null };

/** The verbs of accounts, wherever they run. What they promise and how they refuse is the same in this process and in another. */
export type AuthService = {
  register(input: RegisterRequest & FromSomewhere): Promise<Account>;
  login(input: LoginInput): Promise<LoggedIn>;
  validate(token: string): Promise<Principal>;
  refresh(input: { readonly refreshToken: string } & FromSomewhere): Promise<SessionTokens>;
  logout(principal: Principal): Promise<void>;
  me(principal: Principal): Promise<Account>;
  sessions(principal: Principal): Promise<Session[]>;
  endSession(input: { readonly principal: Principal; readonly sessionId: SessionId }): Promise<void>;
  /** Answers how many ended. */
  endOtherSessions(principal: Principal): Promise<number>;
  /** Answers how many sessions ended with the old one. */
  changePassword(input: PasswordChange): Promise<number>;
  requestEmailVerification(principal: Principal): Promise<void>;
  verifyEmail(input: { readonly token: string } & FromSomewhere): Promise<void>;
  requestPasswordReset(input: { readonly email: string } & FromSomewhere): Promise<void>;
  resetPassword(input: { readonly token: string; readonly password: string } & FromSomewhere): Promise<void>;
  exportAccount(input: { readonly principal: Principal; readonly after: number | null }): Promise<AccountExport>;
  deleteAccount(input: { readonly principal: Principal; readonly password: string }): Promise<void>;
};

export type AuthContext = {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly passwords: Passwords;
  readonly tokens: Tokens;
  readonly limits: Limits;
  readonly knownAddresses: KnownAddresses;
  readonly audit: Audit;
  readonly letters: Letters;
  readonly mailTokens: MailTokens;
  readonly characters: Characters;
  readonly characterLog: CharacterLog;
  readonly personalData: PersonalData;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
  readonly entropy: Entropy;
  readonly accountPolicy: AccountPolicy;
};

export function inlineAuth(ctx: AuthContext): AuthService {
  return {
    register: (input) => register(ctx, input),
    login: (input) => login(ctx, input),
    validate: (token) => checkToken(ctx, token),
    refresh: (input) => refresh(ctx, input),
    logout: (principal) => logout(ctx, principal),
    me: (principal) => getMe(ctx, principal),
    sessions: (principal) => ownSessions(ctx, principal),
    endSession: (input) => endOwnSession(ctx, input),
    endOtherSessions: (principal) => endOtherSessions(ctx, principal),
    changePassword: (input) => changePassword(ctx, input),
    requestEmailVerification: (principal) => requestEmailVerification(ctx, principal),
    verifyEmail: (input) => verifyEmail(ctx, input),
    requestPasswordReset: (input) => requestPasswordReset(ctx, input),
    resetPassword: (input) => resetPassword(ctx, input),
    exportAccount: (input) => exportAccount(ctx, input),
    deleteAccount: (input) => deleteAccount(ctx, input),
  };
}

export type AuthTimeouts = Readonly<Record<keyof AuthService, number>>;

/** Passwords may wait for their turn to be hashed; what every request asks for may not. */
export const authTimeoutsMs: AuthTimeouts = {
  register: 10_000,
  login: 10_000,
  validate: 2_000,
  refresh: 3_000,
  logout: 3_000,
  me: 3_000,
  sessions: 3_000,
  endSession: 3_000,
  endOtherSessions: 3_000,
  changePassword: 10_000,
  requestEmailVerification: 3_000,
  verifyEmail: 3_000,
  requestPasswordReset: 3_000,
  resetPassword: 10_000,
  // Through a part of the log that is not read otherwise.
  exportAccount: 15_000,
  deleteAccount: 10_000,
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
    async refresh(input) {
      if (input.refreshToken.length > tokenLengthMax) throw new AppError("UNAUTHORIZED", "Log in first.");
      return bus.request(authRefresh, input, { timeoutMs: timeoutsMs.refresh });
    },
    logout: (principal) => bus.request(authLogout, principal, { timeoutMs: timeoutsMs.logout }),
    me: (principal) => bus.request(authMe, principal, { timeoutMs: timeoutsMs.me }),
    sessions: (principal) => bus.request(authSessions, principal, { timeoutMs: timeoutsMs.sessions }),
    endSession: (input) => bus.request(authEndSession, input, { timeoutMs: timeoutsMs.endSession }),
    endOtherSessions: (principal) =>
      bus.request(authEndOtherSessions, principal, { timeoutMs: timeoutsMs.endOtherSessions }),
    changePassword: (input) => bus.request(authPassword, input, { timeoutMs: timeoutsMs.changePassword }),
    requestEmailVerification: (principal) =>
      bus.request(authVerification, principal, { timeoutMs: timeoutsMs.requestEmailVerification }),
    verifyEmail: (input) => bus.request(authVerify, input, { timeoutMs: timeoutsMs.verifyEmail }),
    requestPasswordReset: (input) => bus.request(authForgotten, input, { timeoutMs: timeoutsMs.requestPasswordReset }),
    resetPassword: (input) => bus.request(authReset, input, { timeoutMs: timeoutsMs.resetPassword }),
    exportAccount: (input) => bus.request(authExport, input, { timeoutMs: timeoutsMs.exportAccount }),
    deleteAccount: (input) => bus.request(authDelete, input, { timeoutMs: timeoutsMs.deleteAccount }),
  };
}
