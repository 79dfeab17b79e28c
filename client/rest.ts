import type { ErrorBody } from "#core/protocol/error-body.ts";

/** What went wrong with a request. `OFFLINE`: no answer came, and it may have been heard or not. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ErrorBody["error"]["code"] | "OFFLINE";
  readonly status: number;
  /** By the path of the field that they are about. */
  readonly details: ReadonlyMap<string, string>;
  readonly retryAfterS: number | null;

  constructor(status: number, error: Partial<ErrorBody["error"]>, retryAfterS: number | null = null) {
    super(error.message ?? "The server gave an answer that nobody understands.");
    this.status = status;
    this.code = error.code ?? "INTERNAL";
    this.details = new Map(error.details?.map(({ path, message }) => [path, message]));
    this.retryAfterS = retryAfterS;
  }
}

export class OfflineError extends ApiError {
  override readonly code = "OFFLINE";
}

export type Request = {
  readonly body?: object;
  readonly accept?: "image/png";
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
};

export type Rest = <T>(method: "GET" | "POST" | "DELETE", path: string, request?: Request) => Promise<T>;

export type RestOptions = {
  /** Of the server: "" in a browser that has the client from there. */
  readonly origin: string;
  /** Where there is no cookie. */
  readonly token?: () => string | null;
  readonly fetch?: typeof fetch;
  /** The session is not, or no longer, good. */
  readonly onSignedOut?: () => void;
};

/** Longer than the gateway waits for its functions. */
const answerMsMax = 35_000;

/** Requests to the API: JSON both ways (or a picture), errors as `ApiError`. */
export function createRest({ origin, token, fetch: send = fetch, onSignedOut }: RestOptions): Rest {
  return async <T>(method: string, path: string, { body, accept, headers, signal }: Request = {}) => {
    const bearer = token?.();
    const signals = [AbortSignal.timeout(answerMsMax), ...(signal ? [signal] : [])];
    const response = await send(`${origin}/api${path}`, {
      method,
      headers: {
        accept: accept ?? "application/json",
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(typeof bearer === "string" && { authorization: `Bearer ${bearer}` }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.any(signals),
    }).catch((error: unknown) => {
      if (signal?.aborted === true) throw error;
      throw new OfflineError(0, { message: "The server does not answer. Are you online?" });
    });
    if (!response.ok) {
      const error = await failureOf(response);
      if (error.status === 401 && path !== "/auth/login") onSignedOut?.();
      throw error;
    }
    return (accept === undefined ? await response.json() : await response.blob()) as T;
  };
}

async function failureOf(response: Response): Promise<ApiError> {
  const retryAfterS = Number(response.headers.get("retry-after") ?? Number.NaN);
  const body = (await response.json().catch(() => ({}))) as Partial<ErrorBody>;
  return new ApiError(response.status, body.error ?? {}, Number.isFinite(retryAfterS) ? retryAfterS : null);
}
