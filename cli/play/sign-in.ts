import { type Api, createApi } from "#client/api.ts";
import { ApiError, createRest } from "#client/rest.ts";
import type { MeResponse } from "#core/protocol/account.ts";
import { isOpenWire, type PlayArguments } from "./arguments.ts";
import { keepSession, keptSession } from "./kept-sessions.ts";
import type { Terminal } from "./terminal.ts";

export type SignedIn = { readonly api: Api; readonly user: Pick<MeResponse, "username"> };

type Given = Pick<PlayArguments, "origin" | "user" | "keeps"> & { readonly stateDir: string };

const triesMax = 5;

/** By the kept session, by a password, or as somebody new; null after too many tries. */
export async function signIn(terminal: Terminal, { origin, user, keeps, stateDir }: Given): Promise<SignedIn | null> {
  const held: { token: string | null } = { token: null };
  const api = createApi(createRest({ origin, token: () => held.token }));
  const kept = await keptSession(stateDir, origin);
  if (kept !== null && (user === null || user === kept.email)) {
    held.token = kept.token;
    const me = await whoIsThat(api);
    if (me !== null) return { api, user: me };
    held.token = null;
    await keepSession(stateDir, origin, null);
    terminal.say("note", "* The kept session is over.");
  }
  if (isOpenWire(origin)) {
    terminal.say("note", `* ${origin} is not https: whoever listens on the way can read your password.`);
  }
  for (let tries = 0; tries < triesMax; tries++) {
    const email = user ?? (await terminal.ask('Your e-mail address, or "new" for an account: '));
    if (email === "") continue;
    const account = email === "new" ? await register(terminal, api) : { email, password: await password(terminal) };
    const login = account && (await orSay(terminal, () => api.login(account)));
    if (!login) continue;
    held.token = login.token;
    if (keeps) await keepSession(stateDir, origin, { email: login.user.email, token: login.token });
    return { api, user: login.user };
  }
  return null;
}

/** Ends the kept session there and here. */
export async function forgetSession({ origin, stateDir }: Pick<Given, "origin" | "stateDir">): Promise<boolean> {
  const kept = await keptSession(stateDir, origin);
  if (kept === null) return false;
  await keepSession(stateDir, origin, null);
  await createApi(createRest({ origin, token: () => kept.token }))
    .logout()
    .catch(() => undefined);
  return true;
}

async function whoIsThat(api: Api): Promise<MeResponse | null> {
  try {
    return await api.me();
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

const password = (terminal: Terminal, question = "Password: "): Promise<string> =>
  terminal.ask(question, { isHidden: true });

async function register(
  terminal: Terminal,
  api: Api,
): Promise<{ readonly email: string; readonly password: string } | null> {
  const email = await terminal.ask("E-mail address: ");
  const username = await terminal.ask("Name (3 to 20 letters, digits, _ or -): ");
  const secret = await password(terminal, "Password (8 characters or more): ");
  if (secret !== (await password(terminal, "The same again: "))) {
    terminal.say("error", "! Those were two passwords. Once more, please.");
    return null;
  }
  const made = await orSay(terminal, () => api.register({ email, username, password: secret }));
  return made && { email, password: secret };
}

/** What the server refuses is told, field by field; null then. */
export async function orSay<T>(terminal: Terminal, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiError) || error.code === "OFFLINE") throw error;
    const again = error.retryAfterS === null ? "" : ` Try again in ${error.retryAfterS} s.`;
    terminal.say("error", `! ${error.message}${again}`);
    for (const [field, message] of error.details) terminal.say("error", `!   ${field} ${message}`);
    return null;
  }
}
