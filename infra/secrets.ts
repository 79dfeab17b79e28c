import { createHmac } from "node:crypto";
import type { NatsRole } from "./nats-roles.ts";
import type { Settings } from "./stage.ts";

/** What an operator sets once for a stage, with `sst secret set`. */
export function createSecrets({ data }: Settings) {
  const nats = new sst.Secret("NatsSecret");
  return {
    token: new sst.Secret("TokenSecret"),
    /** While it is being changed: tokens of these are good as well. */
    tokenPrevious: new sst.Secret("TokenSecretPrevious", ""),
    /** Only CloudFront knows it: what comes past it to the APIs is refused, as its address could be anybody's. */
    origin: new sst.Secret("OriginSecret"),
    /** Each role of NATS has a password of its own, made from one secret. A letter first: NATS reads what begins with a digit as a number. */
    natsPassword: (role: NatsRole | "routes") =>
      $util.secret(nats.value.apply((secret) => `p${createHmac("sha256", secret).update(role).digest("hex")}`)),
    neon:
      data === "own" ? null : { url: new sst.Secret("DatabaseUrl"), directUrl: new sst.Secret("DatabaseDirectUrl") },
    upstash:
      data === "own"
        ? null
        : { url: new sst.Secret("UpstashRedisRestUrl"), token: new sst.Secret("UpstashRedisRestToken") },
  };
}

export type Secrets = ReturnType<typeof createSecrets>;

/** Where a container finds a secret: it is in no task definition, and its role may read this one. */
export function createParameter(name: string, value: $util.Input<string>) {
  const parameter = new aws.ssm.Parameter(name, {
    name: `/${$app.name}/${$app.stage}/${name}`,
    type: "SecureString",
    value,
  });
  return parameter.arn;
}
