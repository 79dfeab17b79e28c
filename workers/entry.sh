#!/bin/sh
# What the image runs: a role, and its arguments. The shell gives its process to the program, so that signals reach it.
set -eu
role=${1:-}
[ $# -eq 0 ] || shift
case $role in
  world | auth | player | ai-gateway) exec node "workers/$role/main.ts" "$@" ;;
  migrate | admin) exec node "cli/$role.ts" "$@" ;;
  front | upstash-rest) exec node "dev/containers/$role.ts" "$@" ;;
esac
echo "No such role: '$role'. Roles are world, auth, player, ai-gateway, migrate, admin; for a machine of one's own also front and upstash-rest." >&2
exit 64
