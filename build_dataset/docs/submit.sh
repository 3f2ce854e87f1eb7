#!/bin/bash
# The array, and behind it what puts the shards together: submit.sh INPUT… --out DIR [--work LOCATION]

set -euo pipefail
here=$(dirname "$0")
array=$(sbatch --parsable "$here/array.sbatch" "$@")
sbatch --dependency="afterany:${array%%;*}" "$here/finish.sbatch" "$@" # it says itself what is missing
