import type { NatsRole } from "./nats-roles.ts";
import type { Data } from "./data.ts";
import { createParameter, type Secrets } from "./secrets.ts";
import type { Settings } from "./stage.ts";

type Args = {
  readonly data: Data;
  readonly natsUrl: string;
  readonly secrets: Secrets;
  readonly settings: Settings;
  readonly socketEndpoint: $util.Output<string>;
};

/** What each part is told, by the names of .env.example and docs/operations.md; secrets go another way than the rest. */
export function environmentOf({ data, natsUrl, secrets, settings, socketEndpoint }: Args) {
  const nats = (role: NatsRole) => ({ NATS_URL: natsUrl, NATS_USER: role, NATS_REPLICAS: "3" });
  const common = {
    PUBLIC_URL: `https://${settings.domain}`,
    WEBSOCKET_ENDPOINT: socketEndpoint,
    MAIL: "ses",
    MAIL_FROM: `Thousand Worlds <no-reply@${settings.domain}>`,
  };
  const secretValues = {
    DATABASE_URL: data.database,
    UPSTASH_REDIS_REST_URL: data.redisUrl,
    UPSTASH_REDIS_REST_TOKEN: data.redisToken,
    TOKEN_SECRET: secrets.token.value,
    TOKEN_SECRET_PREVIOUS: secrets.tokenPrevious.value,
  };
  const parameters = lazily((name: keyof typeof secretValues) => createParameter(name, secretValues[name]));
  const direct = lazily(() => createParameter("DATABASE_DIRECT_URL", data.databaseDirect));
  const password = lazily((role: NatsRole) => createParameter(`password-of-${role}`, secrets.natsPassword(role)));
  const redis = () => ({
    UPSTASH_REDIS_REST_URL: parameters("UPSTASH_REDIS_REST_URL"),
    UPSTASH_REDIS_REST_TOKEN: parameters("UPSTASH_REDIS_REST_TOKEN"),
  });
  const accounts = () => ({
    TOKEN_SECRET: parameters("TOKEN_SECRET"),
    TOKEN_SECRET_PREVIOUS: parameters("TOKEN_SECRET_PREVIOUS"),
  });
  return {
    /** Of a function: the secrets come with the link of that name. */
    functions: {
      ...common,
      ...nats("functions"),
      NODE_ENV: "production",
      SERVICES: "bus",
      DATABASE_DRIVER: data.driver,
      // CloudFront, and API Gateway itself.
      TRUSTED_PROXY_HOPS: "2",
    },
    functionSecrets: new sst.Linkable("FunctionSecrets", {
      properties: {
        ...secretValues,
        NATS_PASSWORD: secrets.natsPassword("functions"),
        ORIGIN_SECRET: secrets.origin.value,
      },
    }),
    worker: (role: "world" | "auth" | "player") => ({
      environment: { ...common, ...nats(role), AWS_REGION: settings.region },
      secrets: { DATABASE_URL: direct(""), NATS_PASSWORD: password(role), ...redis(), ...accounts() },
    }),
    aiGateway: {
      environment: { ...nats("ai-gateway") },
      secrets: () => ({ NATS_PASSWORD: password("ai-gateway"), ...redis() }),
    },
    migrate: { secrets: () => ({ DATABASE_DIRECT_URL: direct("") }) },
  };
}

export type Environment = ReturnType<typeof environmentOf>;

/** A parameter is made once, for whoever asks first. */
function lazily<Name extends string>(
  create: (name: Name) => $util.Output<string>,
): (name: Name) => $util.Output<string> {
  const made = new Map<Name, $util.Output<string>>();
  return (name) => {
    const arn = made.get(name) ?? create(name);
    made.set(name, arn);
    return arn;
  };
}
