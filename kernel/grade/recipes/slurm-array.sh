#!/bin/bash
#SBATCH --job-name=grade
#SBATCH --array=0-3
#SBATCH --cpus-per-task=2
#SBATCH --mem=6G
#SBATCH --time=04:00:00
# Each task of the array grades its share of a folder. In the project's folder, which all nodes see:
#
#   npx unroll --version
#   array=$(sbatch --parsable kernel/grade/recipes/slurm-array.sh SUBMITTED OUT SEED)
#   sbatch --dependency=afterok:$array --wrap 'npx unroll grade SUBMITTED --assignment practical-4 --out OUT --seed SEED'
#
# The second job finds everything graded, and writes the table.
set -euo pipefail
submitted=$1 out=$2 seed=$3

mapfile -d '' -t files < <(find "$submitted" -name '*.ipynb' -not -path '*/.*' -print0 | sort -z)
mine=()
for ((i = SLURM_ARRAY_TASK_ID; i < ${#files[@]}; i += SLURM_ARRAY_TASK_COUNT)); do mine+=("${files[i]}"); done
[ ${#mine[@]} -gt 0 ] || exit 0
exec npx unroll grade "${mine[@]}" --assignment practical-4 --out "$out" --seed "$seed" --jobs "$SLURM_CPUS_PER_TASK"
