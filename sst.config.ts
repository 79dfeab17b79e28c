/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  app: (input) => ({
    name: "thousand-worlds",
    home: "aws",
    // What holds data of production stays when the stage goes, and the stage does not go by accident.
    removal: input.stage === "production" ? "retain" : "remove",
    protect: input.stage === "production",
    providers: { aws: { region: (process.env["AWS_REGION"] ?? "eu-central-1") as aws.Region } },
  }),
  run: async () => {
    if ($dev) {
      const { createLocal } = await import("./infra/local.ts");
      return createLocal();
    }
    const { stageOf } = await import("./infra/stage.ts");
    const { createCloud } = await import("./infra/cloud.ts");
    return createCloud(stageOf($app.stage, process.env));
  },
});
