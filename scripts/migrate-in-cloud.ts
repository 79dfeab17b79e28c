import { Resource } from "sst";
import { task } from "sst/aws/task";

// `sst shell --stage <stage> --target Migrate -- node scripts/migrate-in-cloud.ts`: runs the migrations of the image that was just pushed,
// and waits for them. Never run against AWS; see docs/operations.md.

const waitMsMax = 10 * 60_000;
const askEveryMs = 5_000;

type Described = { readonly tasks?: readonly { readonly containers?: readonly { readonly exitCode?: number }[] }[] };

const migrate = (Resource as unknown as { readonly Migrate: task.Resource }).Migrate;
const started = await task.run(migrate);
console.log(`migrating: ${started.arn}`);

const untilMs = Date.now() + waitMsMax;
for (;;) {
  const { status, response } = await task.describe(migrate, started.arn);
  if (status === "STOPPED") {
    const code = (response as Described).tasks?.[0]?.containers?.[0]?.exitCode;
    if (code !== 0)
      throw new Error(
        `The migration failed (${code ?? "no exit code"}); its log is in CloudWatch under Migrate. Nothing was released.`,
      );
    console.log("migrated");
    break;
  }
  if (Date.now() > untilMs)
    throw new Error(`The migration is still ${status} after ten minutes. Nothing was released.`);
  await new Promise((resolve) => setTimeout(resolve, askEveryMs));
}
