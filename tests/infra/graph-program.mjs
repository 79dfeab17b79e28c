// Run by resource-graph.ts within SST's platform: the program under Pulumi's mocks, and a fake of the server that SST's components ask.
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import * as aws from "@pulumi/aws";
import { json } from "node:stream/consumers";
import { runtime } from "@pulumi/pulumi";
import * as sst from "#platform-components";
import config from "#config";
import { run } from "#platform-run";

Object.assign(globalThis, { aws, sst });

const resources = [];
const built = join(dirname(process.argv[2]), "bundle");
await mkdir(built);
await writeFile(join(built, "bundle.mjs"), "export const handler = () => undefined;\n");
const asked = [];

const server = createServer((request, response) => {
  void json(request).then(({ method, params: [args] }) => {
    asked.push({ method, args });
    response.end(JSON.stringify({ result: answerTo(method, args) }));
  });
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
process.env.SST_SERVER = `http://127.0.0.1:${server.address().port}`;

function answerTo(method, args) {
  if (method === "Runtime.Build")
    return { handler: args.handler ?? "bundle.handler", out: built, errors: [], sourcemaps: [] };
  if (method.startsWith("Resource.")) return { id: `${method}-id`, outs: args };
  if (method === "Provider.Aws.Bootstrap")
    return {
      asset: "assets",
      assetEcrUrl: "123456789012.dkr.ecr.local/assets",
      assetEcrRegistryId: "123456789012",
      state: "state",
      appsyncHttp: "",
      appsyncRealtime: "",
    };
  return {};
}

await runtime.setMocks(
  {
    newResource({ type, name, inputs }) {
      resources.push({ type, name, inputs });
      return { id: `${name}-id`, state: { ...inputs, ...madeUp(type, name, inputs) } };
    },
    call({ token, inputs }) {
      return answersOfAws(token, inputs);
    },
  },
  "thousand-worlds",
  "test",
  false,
);

function madeUp(type, name, inputs) {
  const arn = `arn:aws:mock:eu-central-1:123456789012:${type.split(":").pop()}/${name}`;
  const own = { arn, name: inputs.name ?? name };
  switch (type) {
    case "aws:apigatewayv2/api:Api":
      return {
        ...own,
        apiEndpoint: `${inputs.protocolType === "WEBSOCKET" ? "wss" : "https"}://${name.toLowerCase()}.execute-api.local`,
        executionArn: `arn:aws:execute-api:eu-central-1:123456789012:${name}`,
      };
    case "aws:acm/certificate:Certificate":
      return {
        ...own,
        domainValidationOptions: [
          {
            domainName: inputs.domainName,
            resourceRecordName: `_proof.${inputs.domainName}`,
            resourceRecordType: "CNAME",
            resourceRecordValue: "proof",
          },
        ],
      };
    case "aws:rds/instance:Instance":
      return {
        ...own,
        endpoint: `${name.toLowerCase()}.rds.local:5432`,
        address: `${name.toLowerCase()}.rds.local`,
        port: 5432,
      };
    case "aws:elasticache/replicationGroup:ReplicationGroup":
      return { ...own, primaryEndpointAddress: `${name.toLowerCase()}.cache.local`, port: 6379 };
    case "aws:ec2/instance:Instance":
      return { ...own, privateIp: "10.0.0.10", availabilityZone: "eu-central-1a" };
    case "aws:cloudfront/distribution:Distribution":
      return { ...own, domainName: "d111.cloudfront.local", hostedZoneId: "Z2" };
    default:
      return own;
  }
}

function answersOfAws(token, inputs) {
  if (token.endsWith("getAvailabilityZones"))
    return { names: ["eu-central-1a", "eu-central-1b", "eu-central-1c"], zoneIds: [] };
  if (token.endsWith("getRegion")) return { region: "eu-central-1", name: "eu-central-1", id: "eu-central-1" };
  if (token.endsWith("getCallerIdentity"))
    return { accountId: "123456789012", arn: "arn:aws:iam::123456789012:root", userId: "x" };
  if (token.endsWith("getPartition")) return { partition: "aws" };
  if (token.endsWith("getZone")) return { zoneId: "Z1", name: inputs.name };
  if (token.endsWith("getParameter")) return { value: "ami-1", ...inputs };
  if (token.endsWith("getPolicyDocument"))
    return { ...inputs, json: JSON.stringify({ Version: "2012-10-17", Statement: inputs.statements ?? [] }) };
  return { ...inputs };
}

await runtime.runInPulumiStack(() => run(config.run));
await runtime.disconnect?.();
server.close();
await writeFile(process.argv[2], JSON.stringify({ resources, asked }));
// Components keep timers.
// oxlint-disable-next-line unicorn/no-process-exit
process.exit(0);
