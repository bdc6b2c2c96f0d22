#!/usr/bin/env bash
# Makes certificates and passwords in folder $1, where there are none yet: kafka/ is for the brokers, and each user has a
# folder with client.properties (ordinary Kafka client properties) and the authority's certificate. Needs a JDK's keytool.
#   SEEN_AS  where each component finds the folder of its user, if elsewhere than here
set -euo pipefail

folder=$1
users=(admin retcon-streams retcon-indexer retcon-retrainer retcon-dashboard retcon-scientist retcon-importer retcon-answerer
    retcon-preparer)
[ ! -e "$folder/done" ] || exit 0
umask 077
mkdir -p "$folder/kafka"

password() {
    head -c 24 /dev/urandom | base64 | tr '+/' '-_'
}

store=$(password)
keystore=$folder/kafka/keystore.p12
rm -f "$folder"/kafka/*
authority=$(mktemp -d)
trap 'rm -rf "$authority"' EXIT

key() {
    keytool -storetype PKCS12 -storepass "$store" "$@" 2>/dev/null
}

# An authority of our own, whose key is thrown away, signs one certificate for all three brokers.
key -genkeypair -keystore "$authority/ca.p12" -alias ca -keyalg EC -groupname secp256r1 -dname CN=retcon-ca -validity 3650 -ext bc:c
key -exportcert -keystore "$authority/ca.p12" -alias ca -rfc -file "$authority/ca.pem"
key -genkeypair -keystore "$keystore" -alias kafka -keyalg EC -groupname secp256r1 -dname CN=kafka -validity 3650
key -certreq -keystore "$keystore" -alias kafka -file "$authority/kafka.csr"
key -gencert -keystore "$authority/ca.p12" -alias ca -infile "$authority/kafka.csr" -outfile "$authority/kafka.pem" -rfc \
    -validity 3650 -ext san=dns:kafka-1,dns:kafka-2,dns:kafka-3 -ext eku=serverAuth,clientAuth
key -importcert -noprompt -keystore "$keystore" -alias ca -file "$authority/ca.pem"
key -importcert -noprompt -keystore "$keystore" -alias kafka -file "$authority/kafka.pem"
cp "$authority/ca.pem" "$folder/kafka/ca.pem"
cat >"$folder/kafka/broker.properties" <<PROPERTIES
ssl.keystore.password=$store
ssl.key.password=$store
PROPERTIES

for user in "${users[@]}"; do
    password=$(password)
    mkdir -p "$folder/$user"
    cp "$authority/ca.pem" "$folder/$user/ca.pem"
    cat >"$folder/$user/client.properties" <<PROPERTIES
security.protocol=SASL_SSL
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="$user" password="$password";
ssl.truststore.type=PEM
ssl.truststore.location=${SEEN_AS:-$folder/$user}/ca.pem
PROPERTIES
    printf '%s %s\n' "$user" "$password" >>"$folder/kafka/users"
done

# What viewers of the dashboard bring.
password >"$folder/retcon-dashboard/token"

# The brokers' and the components' containers run as users of their own.
[ "$(id -u)" -ne 0 ] || { chown -R 1000:1000 "$folder"/kafka; chown -R 10001:10001 "$folder"/admin "$folder"/retcon-*; chmod 755 "$folder"; }
touch "$folder/done"
