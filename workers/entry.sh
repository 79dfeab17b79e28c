#!/bin/sh
# What the image runs: a role, and its arguments. The shell gives its process to the program, so that signals reach it.
set -eu
# Sources without their types, compiled: see the Dockerfile.
export NODE_COMPILE_CACHE="${NODE_COMPILE_CACHE:-.compile-cache}"
role=${1:-}
[ $# -eq 0 ] || shift
case $role in
  # What it allocates dies young, but takes three times the memory first where nothing bounds it; 8 costs half of the speed.
  ai-gateway) exec node --max-semi-space-size=16 "workers/$role/main.ts" "$@" ;;
  world | auth | player) exec node "workers/$role/main.ts" "$@" ;;
  migrate | admin) exec node "cli/$role.ts" "$@" ;;
  front | upstash-rest) exec node "dev/containers/$role.ts" "$@" ;;
esac
echo "No such role: '$role'. Roles are world, auth, player, ai-gateway, migrate, admin; for a machine of one's own also front and upstash-rest." >&2
exit 64
