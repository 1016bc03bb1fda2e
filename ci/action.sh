#!/usr/bin/env bash
# What action.yml runs: annotations on standard output, a SARIF file, a job summary. Its exit code is that of the check.
#   VALUES_LINT  the command              PATHS, ARGS  one a line
#   SINCE        a revision, or "none"    SARIF        the file to write
set -u

read -ra command <<<"$VALUES_LINT"
options=(--format github --output "sarif:$SARIF")
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  options+=(--output "markdown:$GITHUB_STEP_SUMMARY")
fi

if [ -n "${SINCE:-}" ] && [ "$SINCE" != none ]; then
  # A checkout holds one commit; the base of the pull request is fetched beside it.
  if ! git cat-file -e "$SINCE^{commit}" 2>/dev/null; then
    git fetch --quiet --depth=1 origin "$SINCE" || echo "values-lint: $SINCE could not be fetched" >&2
  fi
  options+=(--since "$SINCE")
fi

while IFS= read -r line; do
  if [ -n "$line" ]; then options+=("$line"); fi
done <<<"${ARGS:-}"

paths=()
while IFS= read -r line; do
  if [ -n "$line" ]; then paths+=("$line"); fi
done <<<"${PATHS:-.}"

"${command[@]}" check "${options[@]}" -- "${paths[@]}"
