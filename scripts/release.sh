#!/usr/bin/env bash
# Releases what is checked out: `bash scripts/release.sh staging`. The schema first, by a task of the new image; only when that has ended well
# the rest. Migrations only add (docs/operations.md), so that what still runs goes on, and the release before this one can be released again.
set -euo pipefail
cd "$(dirname "$0")/.."
stage=${1:?usage: bash scripts/release.sh <stage>}
[[ -z $(git status --porcelain) ]] || { echo "Commit or stash first: what is released must be a commit." >&2; exit 1; }
node_modules/.bin/sst deploy --stage "$stage" --target Migrate
node_modules/.bin/sst shell --stage "$stage" --target Migrate -- node scripts/migrate-in-cloud.ts
node_modules/.bin/sst deploy --stage "$stage"
