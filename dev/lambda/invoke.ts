import { AppError } from "#core/lib/errors.ts";

/** As API Gateway's own: an integration has this long. */
const invocationMsMax = 29_000;

/** Calls a function of a host in another process. Throws where it failed or nobody is there, as an integration that fails. */
export function remoteFunction<Result>(
  hostUrl: string,
  name: string,
): (event: unknown, context: unknown) => Promise<Result> {
  const url = `${hostUrl}/2015-03-31/functions/${name}/invocations`;
  return async (event, context) => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ event, context }),
      signal: AbortSignal.timeout(invocationMsMax),
    });
    if (!response.ok)
      throw new AppError("UNAVAILABLE", `The function ${name} could not be called (${response.status}).`);
    const result = (await response.json()) as Result & { errorType?: string };
    if (response.headers.has("x-amz-function-error")) throw new AppError("INTERNAL", `The function ${name} failed.`);
    return result;
  };
}
