#!/bin/sh
# Notebooks on all cores of this machine, ten by ten, with GNU parallel. In the project's folder:
#
#   sh kernel/grade/recipes/gnu-parallel.sh SUBMITTED OUT SEED
#
# With more machines that share this folder add to parallel:  --sshloginfile MACHINES --workdir .
set -eu
submitted=$1 out=$2 seed=$3

npx unroll --version # what is to be installed and built is, before many ask for it
find "$submitted" -name '*.ipynb' -not -path '*/.*' -print0 |
  parallel -0 -n 10 --jobs 100% --halt soon,fail=20% \
    npx unroll grade {} --assignment practical-4 --out "$out" --seed "$seed" --jobs 1

# All are graded: this reads the results and writes the table.
npx unroll grade "$submitted" --assignment practical-4 --out "$out" --seed "$seed"
