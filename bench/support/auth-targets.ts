import { Agent, request } from "node:http";

/** One service of accounts over HTTP, as the load sees it. */
export type AuthTarget = Disposable & {
  readonly name: string;
  register(user: number): Promise<void>;
  /** What the session is shown with from then on. */
  login(user: number): Promise<Readonly<Record<string, string>>>;
  /** Throws unless the session is known. */
  check(session: Readonly<Record<string, string>>): Promise<void>;
};

type Paths = {
  readonly register: string;
  readonly login: string;
  readonly check: string;
  readonly named: (user: number) => object;
  /** The cookie as it is set and sent back. */
  readonly cookie: RegExp;
};

export function ourTarget(port: number): AuthTarget {
  return target("ours", port, {
    register: "/api/auth/register",
    login: "/api/auth/login",
    check: "/api/auth/me",
    named: (user) => ({ username: `bench-${user}` }),
    cookie: /^auth_token=[^;]+/,
  });
}

export function betterAuthTarget(port: number): AuthTarget {
  return target("better-auth", port, {
    register: "/api/auth/sign-up/email",
    login: "/api/auth/sign-in/email",
    check: "/api/auth/get-session",
    named: (user) => ({ name: `bench-${user}` }),
    cookie: /^better-auth\.session_token=[^;]+/,
  });
}

function target(name: string, port: number, paths: Paths): AuthTarget {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const origin = `http://127.0.0.1:${port}`;
  const post = (path: string, body: object) =>
    answered(agent, origin + path, "POST", { origin: name === "ours" ? `http://localhost:${port}` : origin }, body);
  const credentials = (user: number) => ({ email: `bench-${user}@example.org`, password: `a long one for ${user}` });
  return {
    name,
    async register(user) {
      await post(paths.register, { ...credentials(user), ...paths.named(user) });
    },
    async login(user) {
      const { cookies } = await post(paths.login, credentials(user));
      const cookie = cookies.map((each) => paths.cookie.exec(each)?.[0]).find((each) => each !== undefined);
      if (cookie === undefined) throw new Error(`${name}: no session in ${cookies.join()}`);
      return { cookie };
    },
    async check(session) {
      const { text } = await answered(agent, origin + paths.check, "GET", session);
      if (!text.includes("@example.org")) throw new Error(`${name}: nobody's session: ${text}`);
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}

type Answer = { readonly text: string; readonly cookies: readonly string[] };

function answered(
  agent: Agent,
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body?: object,
): Promise<Answer> {
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const type = sent === undefined ? {} : { "content-type": "application/json", "content-length": String(sent.length) };
  return new Promise((resolve, reject) => {
    const asking = request(url, { method, agent, headers: { ...headers, ...type } }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.once("end", () => {
        const status = response.statusCode ?? 0;
        if (status < 300) resolve({ text, cookies: response.headers["set-cookie"] ?? [] });
        else reject(new Error(`${method} ${url}: ${status} ${text}`));
      });
    });
    asking.once("error", reject).end(sent);
  });
}
