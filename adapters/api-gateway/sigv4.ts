import { createHmac, hash } from "node:crypto";

// AWS Signature Version 4 of one kind of request: a POST without a query. The derived key is kept while day and credentials last.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html

export type SigningCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
};

export type PostToSign = {
  readonly host: string;
  /** As it goes out: every segment escaped once, by `escapeSegment`. */
  readonly path: string;
  readonly contentType: string;
  readonly payload: Uint8Array;
};

/** Header names and values in turns, as `node:http` takes them. */
export type SignedHeaders = string[];

export type SignPost = (post: PostToSign, credentials: SigningCredentials, nowMs: number) => SignedHeaders;

const algorithm = "AWS4-HMAC-SHA256";

export function sigV4({ region, service }: { readonly region: string; readonly service: string }): SignPost {
  let derived: { readonly day: string; readonly secret: string; readonly key: Buffer } | null = null;

  function keyOf(day: string, secret: string): Buffer {
    if (derived?.day !== day || derived.secret !== secret) {
      const ofDay = hmac(`AWS4${secret}`, day);
      derived = { day, secret, key: hmac(hmac(hmac(ofDay, region), service), "aws4_request") };
    }
    return derived.key;
  }

  return ({ host, path, contentType, payload }, { accessKeyId, secretAccessKey, sessionToken }, nowMs) => {
    // 2030-03-12T19:03:58.000Z → 20300312T190358Z
    const time = `${new Date(nowMs).toISOString().replace(/[-:]|\..*/gu, "")}Z`;
    const day = time.slice(0, 8);
    const scope = `${day}/${region}/${service}/aws4_request`;
    const payloadHash = hash("sha256", payload, "hex");
    // In the alphabet's order, as the canonical request wants them.
    const headers = [
      "content-type",
      contentType,
      "host",
      host,
      "x-amz-content-sha256",
      payloadHash,
      "x-amz-date",
      time,
    ];
    if (sessionToken !== undefined) headers.push("x-amz-security-token", sessionToken);

    let [lines, names] = ["", ""];
    for (let at = 0; at < headers.length; at += 2) {
      lines += `${headers[at]}:${headers[at + 1]}\n`;
      names += at === 0 ? headers[at] : `;${headers[at]}`;
    }
    const canonical = `POST\n${canonicalPath(path)}\n\n${lines}\n${names}\n${payloadHash}`;
    const toSign = `${algorithm}\n${time}\n${scope}\n${hash("sha256", canonical, "hex")}`;
    const signature = hmac(keyOf(day, secretAccessKey), toSign).toString("hex");
    headers.push(
      "authorization",
      `${algorithm} Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
    );
    return headers;
  };
}

/** All but letters, digits and -_.~ as %XX. */
export function escapeSegment(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/gu, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** What is signed is the path as it goes out, escaped once more: every service but S3 wants that. */
function canonicalPath(path: string): string {
  return escapeSegment(path).replaceAll("%2F", "/");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
