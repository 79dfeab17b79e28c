import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { natsConf, natsUsersConf } from "./nats-conf.ts";

// `node dev/containers/make-nats-conf.ts` after a change of rights.

writeFileSync(join(import.meta.dirname, "nats.conf"), natsConf());
writeFileSync(join(import.meta.dirname, "../../infra/nats-users.conf"), natsUsersConf());
