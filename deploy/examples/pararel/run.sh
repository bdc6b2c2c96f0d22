#!/usr/bin/env bash
# Real text, real items, the whole loop: imports the reference corpus and ParaRel, trains a small model,
# removes what co-occurs from one window, retrains, and prints the effect as JSON.
#
#   RETCON_DATA   data folder (default: a new one under /tmp, kept for looking around afterwards)
#   STEPS         steps of the original run, a multiple of 4 (default: 600, about ten minutes on 2 cores)
#   PORT          the broker's port (default: 9392)
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
retcon=$here/../../../retcon
shared=$here/../../../../shared/data
work=$(mktemp -d /tmp/retcon-pararel.XXXXXX)
export RETCON_DATA=${RETCON_DATA:-$work/data}
steps=${STEPS:-600}
quarter=$((steps / 4))

if [ ! -d "$shared" ]; then
    echo "pararel: $shared is not there: put the shared data beside the project" >&2
    exit 3
fi

"$retcon" up --port "${PORT:-9392}" >"$work/up.txt" &
stack=$!
trap 'kill "$stack" 2>/dev/null; wait "$stack" 2>/dev/null || true' EXIT
until grep -qs ready "$work/up.txt"; do
    kill -0 "$stack" || exit 1
    sleep 0.2
done

"$retcon" history import "$shared/corpus/reference.jsonl.gz" \
    --run reference --tokenizer "$shared/tokenizers/gpt-neox-20b.json" --batch 8 --sequence-length 256 >&2
"$retcon" items import "$shared"/items/pararel/*.jsonl.gz >&2
"$retcon" train --run reference --config "$here/config.json" --recipe "$here/recipe.json" \
    --checkpoints "0,$quarter,$((2 * quarter)),$((3 * quarter)),$((4 * quarter))" --benchmarks pararel/p1376 >&2

sed -e "s/from: 300, to: 450/from: $((2 * quarter)), to: $((3 * quarter))/" \
    -e "s/from: 450, to: 600/from: $((3 * quarter)), to: $((4 * quarter))/" \
    "$here/spec.yaml" >"$work/spec.yaml"
"$retcon" plan "$work/spec.yaml" >&2
"$retcon" run "$work/spec.yaml" --wait --output json

document=$("$retcon" matches pararel-capitals --output json | head -n 1 | sed 's/.*"document":"\([^"]*\)".*/\1/')
echo "lineage of document $document:" >&2
"$retcon" lineage pararel-capitals --arm treated --document "$document" >&2
echo "data folder: $RETCON_DATA" >&2
