import { createContainer } from "./container.ts";
import { type Network, restPort } from "./network.ts";
import { createParameter, type Secrets } from "./secrets.ts";
import type { Settings } from "./stage.ts";

type Args = { readonly network: Network; readonly secrets: Secrets; readonly settings: Settings };

/** Where the database and the Redis of a stage are, as what starts there is told. All of it is secret. */
export type Data = {
  readonly database: $util.Output<string>;
  /** Past a pool, for migrations and for what lives long. */
  readonly databaseDirect: $util.Output<string>;
  readonly redisUrl: $util.Output<string>;
  readonly redisToken: $util.Output<string>;
  readonly driver: "neon" | "pg";
};

export function createData(args: Args): Data {
  const { neon, upstash } = args.secrets;
  if (neon === null || upstash === null) return createOwnData(args);
  return {
    database: neon.url.value,
    databaseDirect: neon.directUrl.value,
    redisUrl: upstash.url.value,
    redisToken: upstash.token.value,
    driver: "neon",
  };
}

/** RDS, and Valkey behind the container that speaks Upstash's REST. Nothing of it can be reached from outside of the network. */
function createOwnData({ network, secrets, settings }: Args): Data {
  const { vpc } = network;
  const { isRetained } = settings.sizes;
  const postgres = new sst.aws.Postgres("Database", {
    vpc,
    version: "15.12",
    instance: isRetained ? "m7g.large" : "t4g.small",
    storage: "50 GB",
    multiAz: isRetained,
    transform: {
      instance: (instance) => {
        instance.deletionProtection = isRetained;
        instance.backupRetentionPeriod = isRetained ? 14 : 1;
        instance.storageEncrypted = true;
        instance.publiclyAccessible = false;
      },
    },
  });
  const database = $util.secret(
    $interpolate`postgres://${postgres.username}:${postgres.password.apply(encodeURIComponent)}@${postgres.host}:${postgres.port}/${postgres.database}?sslmode=require`,
  );
  const valkey = new sst.aws.Redis("Valkey", {
    vpc,
    engine: "valkey",
    version: "8.1",
    instance: isRetained ? "m7g.large" : "t4g.micro",
    cluster: false,
  });
  const redisToken = secrets.natsPassword("one-process").apply((token) => `t${token}`);
  const rest = createContainer(network, "UpstashRest", {
    role: "upstash-rest",
    scaling: { min: isRetained ? 2 : 1, max: 4 },
    settings,
    environment: { PORT: String(restPort), HOST: "0.0.0.0", HEALTH_PORT: String(restPort) },
    secrets: {
      REDIS_URL: createParameter(
        "redis-url",
        $interpolate`rediss://:${valkey.password!.apply((it) => encodeURIComponent(it ?? ""))}@${valkey.host}:${valkey.port}`,
      ),
      UPSTASH_REDIS_REST_TOKEN: createParameter("redis-token", redisToken),
    },
    port: restPort,
  });
  const redisUrl = $interpolate`http://${rest.service}:${restPort}`;
  return { database, databaseDirect: database, redisUrl, redisToken, driver: "pg" };
}
