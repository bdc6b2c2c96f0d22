#!/usr/bin/env python3
"""Publishes a spec through a dashboard that was started with --allow-publish, and prints what became of it.

Only Python's own library is needed. A spec that is there already is left as it is; one with a fault ends with the place
of the fault and status 3.
"""

import argparse
import json
import pathlib
import sys
import urllib.error
import urllib.request


def publish(dashboard, spec, token):
    """The interventions that a spec became, a dictionary each."""
    headers = {"Content-Type": "application/yaml"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(f"{dashboard}/api/interventions", spec, headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("spec", type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path, help="data folder of a stack on this machine")
    parser.add_argument("--dashboard", default="http://127.0.0.1:8470")
    parser.add_argument("--token", help="where the dashboard asks for one")
    arguments = parser.parse_args()
    dashboard = arguments.dashboard
    if arguments.data:
        dashboard = json.loads((arguments.data / "stack.json").read_text())["dashboard"]
    try:
        published = publish(dashboard, arguments.spec.read_bytes(), arguments.token)
    except urllib.error.HTTPError as refused:
        fault = json.load(refused)
        place = f':{fault["line"]}:{fault["column"]}' if "line" in fault else ""
        print(f'{arguments.spec}{place}: {fault["error"]}', file=sys.stderr)
        raise SystemExit(3)
    for intervention in published:
        print(f'{intervention["intervention"]}  {intervention["name"]}')


if __name__ == "__main__":
    main()
