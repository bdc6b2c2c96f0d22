#!/usr/bin/env bash
# Trains by a config that Retcon wrote, with OLMo's trainer (FSDP, one process a GPU), and leaves the checkpoint in Hugging
# Face's layout.
#   OLMO  a checkout of github.com/allenai/OLMo, installed with its training extras (default: /opt/OLMo)
#   GPUS  GPUs of this machine to use (default: all)
set -euo pipefail

config=$1
out=$2
here=$(cd "$(dirname "$0")" && pwd)
export OLMO=${OLMO:-/opt/OLMo}

torchrun --standalone --nproc-per-node="${GPUS:-gpu}" "$here/in_order.py" "$config"
folder=$(sed -n 's/^save_folder: //p' "$config")
python3 "$OLMO/scripts/convert_olmo2_to_hf.py" --input_dir "$folder/latest-unsharded" --output_dir "$out" --no_tokenizer
