#!/usr/bin/env bash
# Runs broker $1, which is a controller too; formats its storage first where that is new.
#   BROKER      what all brokers have in common
#   SECRETS     folder of broker.properties with the keystore's password, and of users, a "name password" a line
#   DATA        folder of the records
#   CLUSTER_ID  the same for all brokers, always
# Kafka's own commands are on the PATH.
set -euo pipefail

node=$1
umask 077
settings=$DATA/server.properties
mkdir -p "$DATA/log"
{
    cat "$BROKER" "$SECRETS/broker.properties"
    printf 'node.id=%s\n' "$node"
    printf 'listeners=CLIENTS://kafka-%s:9092,BROKERS://kafka-%s:9094,CONTROLLER://kafka-%s:9093\n' "$node" "$node" "$node"
    printf 'ssl.keystore.location=%s/keystore.p12\nssl.truststore.location=%s/ca.pem\n' "$SECRETS" "$SECRETS"
    printf 'log.dirs=%s/log\n' "$DATA"
} >"$settings"

users=()
while read -r name password; do
    users+=(--add-scram "SCRAM-SHA-512=[name=$name,password=$password]")
done <"$SECRETS/users"

kafka-storage.sh format --ignore-formatted --cluster-id "$CLUSTER_ID" --config "$settings" "${users[@]}"
exec kafka-server-start.sh "$settings"
