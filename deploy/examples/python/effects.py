#!/usr/bin/env python3
"""Prints what the topic retcon.effects says of an intervention, or of all: a line an estimate.

Nothing of Retcon is needed for it, only Confluent's Kafka client and Apache Avro; schemas come from the registry's
addresses that every dashboard answers to.
"""

import argparse
import io
import json
import pathlib
import struct

import avro.io
import avro.schema
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, TopicPartition
from confluent_kafka.schema_registry import SchemaRegistryClient

TOPIC = "retcon.effects"


class Decoder:
    """Reads values that begin as the registry's clients write them: a zero byte, the schema's id, the record."""

    def __init__(self, registry):
        self.registry = SchemaRegistryClient({"url": registry})
        self.readers = {}

    def decode(self, value):
        magic, schema = struct.unpack(">bI", value[:5])
        if magic != 0:
            raise ValueError(f"a value of {TOPIC} begins with {magic}, not with 0")
        if schema not in self.readers:
            text = self.registry.get_schema(schema).schema_str
            self.readers[schema] = avro.io.DatumReader(avro.schema.parse(text))
        return self.readers[schema].read(avro.io.BinaryDecoder(io.BytesIO(value[5:])))


def effects(bootstrap_servers, registry, follow):
    """Yields every record of the topic in order, and those to come if they are to be followed."""
    decoder = Decoder(registry)
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap_servers,
            "group.id": "not-used",  # the client wants one; nothing is committed
            "enable.auto.commit": False,
            "enable.partition.eof": True,
            "isolation.level": "read_committed",
        }
    )
    try:
        consumer.assign([TopicPartition(TOPIC, 0, OFFSET_BEGINNING)])  # the topic has one partition
        while True:
            message = consumer.poll(1.0)
            if message is None:
                continue
            if message.error():
                if message.error().code() == KafkaError._PARTITION_EOF:
                    if follow:
                        continue
                    return
                raise SystemExit(f"{bootstrap_servers}: {message.error()}")
            if message.value() is not None:
                yield decoder.decode(message.value())
    finally:
        consumer.close()


def addresses(arguments):
    """The broker's and the registry's: of a stack on this machine its data folder knows both."""
    if arguments.data:
        stack = json.loads((arguments.data / "stack.json").read_text())
        return stack["bootstrapServers"], stack["dashboard"]
    return arguments.bootstrap_servers, arguments.registry


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("intervention", nargs="?", help="its name or id; all without")
    parser.add_argument("--data", type=pathlib.Path, help="data folder of a stack on this machine")
    parser.add_argument("--bootstrap-servers", default="127.0.0.1:9192")
    parser.add_argument("--registry", default="http://127.0.0.1:8470", help="a dashboard, or any schema registry")
    parser.add_argument("--follow", action="store_true", help="go on and print what comes")
    arguments = parser.parse_args()
    for record in effects(*addresses(arguments), arguments.follow):
        if arguments.intervention in (None, record["name"], record["intervention"]):
            for effect in record["effects"]:
                print(
                    f'{record["name"]}  {effect["contrast"]}  {effect["benchmark"]}  {effect["metric"]}'
                    f'  {effect["estimate"]:+.3f}  [{effect["low"]:+.3f}, {effect["high"]:+.3f}]  q {effect["q"]:.4f}',
                    flush=True,
                )


if __name__ == "__main__":
    main()
