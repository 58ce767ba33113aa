#!/bin/bash
# Gradescope runs this once, as root, when it makes the image: what has come in the zip lies in /autograder/source.
set -euo pipefail
root=${AUTOGRADER:-/autograder}

if ! node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)' 2>/dev/null; then
  apt-get update
  apt-get install -y curl ca-certificates
  curl -fsSL https://deb.nodesource.com/setup_24.x | bash -
  apt-get install -y nodejs
fi
node "$root/source/unroll/kernel/bin/unroll.mjs" --version # installs and builds
