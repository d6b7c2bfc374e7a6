#!/bin/sh
# Packs what the given workspaces need at run time, and nothing else, into a folder laid out like the repository.
#   pack.sh OUT WORKSPACE...     in a repository that is built; its node_modules are replaced
set -eu
out=$1
shift

# A workspace that another one names for its tests only would be installed too, with all it needs, whatever --omit says.
npm pkg delete devDependencies --workspaces

selection=
for workspace in "$@"; do selection="$selection --workspace=$workspace"; done
# shellcheck disable=SC2086 # one argument per workspace
npm ci --omit=dev --ignore-scripts --prefer-offline $selection

mkdir -p "$out"
cp -a package.json node_modules "$out/"
# npm links the workspaces that are needed, directly or not, and no others.
for link in node_modules/@hooklane/*; do
  workspace=$(realpath --relative-to=. "$link")
  mkdir -p "$out/$workspace"
  cp -a "$workspace/package.json" "$workspace/dist" "$out/$workspace/"
  if [ -d "$workspace/node_modules" ]; then cp -a "$workspace/node_modules" "$out/$workspace/"; fi
done
