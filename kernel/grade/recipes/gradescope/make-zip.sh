#!/bin/sh
# Writes autograder.zip for Gradescope: this project as it was committed, setup.sh and run_autograder. In the project's folder:
#
#   sh kernel/grade/recipes/gradescope/make-zip.sh
set -eu
here=kernel/grade/recipes/gradescope
git archive --format=zip --output=autograder.zip \
  --prefix= --add-file="$here/setup.sh" --add-file="$here/run_autograder" --prefix=unroll/ HEAD
