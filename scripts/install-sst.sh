#!/usr/bin/env bash
# SST's own components, of the version that package.json pins, into .sst/platform: 320 MB from the npm registry. `npm run types:infra` and the
# tests of the cloud need them; nothing else does.
set -euo pipefail
cd "$(dirname "$0")/.."
version=$(node -p 'require("./package.json").devDependencies.sst')
[[ $(cat .sst/platform/installed 2>/dev/null) == "$version" ]] && exit 0
# No Pulumi, no bun: neither is needed to look at the program.
SST_SKIP_DEPENDENCY_CHECK=1 SST_NO_BUN=1 SST_TELEMETRY_DISABLED=1 node_modules/.bin/sst install --stage ci
echo "$version" > .sst/platform/installed
