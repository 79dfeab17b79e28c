import type { Operation } from "./document.ts";

export type Filled = {
  /** By the parameter's name; those that are empty are left out of the query. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: string;
  readonly accept: string;
  /** "": the cookie, if one is signed in. */
  readonly token: string;
};

export type Answer = {
  readonly status: number;
  readonly statusText: string;
  readonly tookMs: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  readonly image: Blob | null;
};

const answerMsMax = 35_000;
/** More is not shown. */
const textMax = 20_000;

export function addressOf({ path, parameters = [] }: Pick<Operation, "path" | "parameters">, filled: Filled): string {
  const query = new URLSearchParams();
  let address = path;
  for (const { name, in: where } of parameters) {
    const value = filled.parameters[name]?.trim() ?? "";
    if (where === "path") address = address.replace(`{${name}}`, encodeURIComponent(value));
    else if (value !== "") query.set(name, value);
  }
  return query.size === 0 ? address : `${address}?${query.toString()}`;
}

/** Throws where there is no answer. */
export async function send(operation: Operation, filled: Filled): Promise<Answer> {
  const { method, requestBody } = operation;
  const { token, accept, body } = filled;
  const startedMs = performance.now();
  const response = await fetch(addressOf(operation, filled), {
    method,
    headers: {
      accept,
      ...(requestBody && { "content-type": "application/json" }),
      ...(token !== "" && { authorization: `Bearer ${token}` }),
    },
    ...(requestBody && { body }),
    ...(token !== "" && { credentials: "omit" }),
    signal: AbortSignal.timeout(answerMsMax),
  });
  const isImage = response.headers.get("content-type")?.startsWith("image/") === true;
  const image = isImage ? await response.blob() : null;
  const text = isImage ? "" : readable(await response.text());
  const { status, statusText, headers } = response;
  return { status, statusText, tookMs: performance.now() - startedMs, headers: [...headers], text, image };
}

function readable(text: string): string {
  const whole = indented(text);
  return whole.length <= textMax
    ? whole
    : `${whole.slice(0, textMax)}\n… and ${whole.length - textMax} characters more`;
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The same for a terminal. */
export function curlOf(operation: Operation, filled: Filled, origin: string): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const parts = [`curl -s -X ${operation.method} ${quoted(origin + addressOf(operation, filled))}`];
  if (filled.accept !== "application/json") parts.push(`-H ${quoted(`accept: ${filled.accept}`)}`);
  if (operation.security) parts.push('-H "authorization: Bearer $token"');
  if (operation.requestBody) parts.push("-H 'content-type: application/json'", `-d ${quoted(compact(filled.body))}`);
  return parts.join(" \\\n  ");
}

function compact(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body));
  } catch {
    return body;
  }
}
