"""Writes what OmegaConf reads of a plain scalar, alone and as a field of each type that OLMo's
config has: one JSON object a line. Needs omegaconf (2.3 or later) and PyYAML.

    python3 omegaconf_scalars.py > omegaconf-scalars.jsonl
"""

import json
import math
from dataclasses import dataclass
from typing import Union

from omegaconf import OmegaConf

SCALARS = """
true True TRUE tRue false False FALSE yes Yes YES yEs no No NO on On ON off Off OFF y Y n N t f
~ null Null NULL none None nil NaN nan .nan .NaN .NAN .inf .Inf .INF -.inf +.inf inf -inf Infinity
0 1 -1 +1 00 01 007 0100 -0100 08 09 0o17 0x1F 0X1F 0xfg 0b101 0b2 1_000 1__0 _1 1_ 10_ 0_7
190:20:30 1:30 1:60 0:30 01:30 1:30.5 -1:30 12:30:45.25
1.0 1. .5 -.5 +.5 1.5e3 1.5e+3 1.5e-3 1e3 1e+3 1e-3 1E5 1e-4 5e12 4e12T 1ep 2ep 3e2 1_0.5 1.0_0
1_000e2 .5e3 .5e+3 .5e-3 1e 1e+ e5 1.2.3 1.0.0 1-2 0.0 -0 -0.0 00.5 0e0 1e400 1e999
9223372036854775807 9223372036854775808 123456789012345678901234567890 0777777777777777777777777
2001-01-01 2001-12-14t21:59:43.10-05:00 = << 0xFF_FF 0b1_1 +0x10 -0b11 4.0e-4 8388608000 adamw
1,000 50% $5 a.b - -- + . .. 0. +0 -1e3 -1e-3 +1e3 1e1_0 0x 0b 0_ 12e03 0100.5 0100e1 09.5
""".split()


@dataclass
class Fields:
    flag: bool = False
    whole: int = 0
    number: float = 0.0
    either: Union[int, float] = 0


def shown(value):
    if isinstance(value, bool) or value is None:
        return {"type": type(value).__name__, "value": value}
    if isinstance(value, float) and not math.isfinite(value):
        return {"type": "float", "value": repr(value)}
    if isinstance(value, int):
        return {"type": "int", "value": str(value)}
    return {"type": type(value).__name__, "value": value}


def read(name, scalar):
    raw = OmegaConf.create(f"{name}: {scalar}\n")
    return OmegaConf.to_object(OmegaConf.merge(OmegaConf.structured(Fields), raw))


for scalar in SCALARS + ["''", "'true'", "'1'", '"0100"', "'1e-4'", '"~"', "'1_000'", "''''"]:
    try:
        plain = shown(OmegaConf.create(f"plain: {scalar}\n")["plain"])
    except Exception as e:
        plain = {"type": "error"}
    line = {"scalar": scalar, "plain": plain}
    for name in Fields.__dataclass_fields__:
        try:
            line[name] = shown(getattr(read(name, scalar), name))
        except Exception:
            line[name] = {"type": "error"}
    print(json.dumps(line))
