"""Trains or scores with an OLMo-2-shaped model in PyTorch: the peer of `retcon bench train`.

Prints one JSON line: tokens a second (median over the timed steps) or questions a second, and peak resident memory.
The maths is the published one (post-norm, QK-norm, rotary, SwiGLU, z-loss, AdamW, clipping), written
as a PyTorch user would write it, with the fused pieces that the installed version has.
"""

import argparse
import json
import statistics
import time

import torch
import torch.nn as nn
import torch.nn.functional as F


class RmsNorm(nn.Module):
    def __init__(self, width, eps):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.eps = eps

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.eps) * self.weight


def rotate(x, cos, sin):
    half = x.shape[-1] // 2
    turned = torch.cat((-x[..., half:], x[..., :half]), dim=-1)
    return x * cos + turned * sin


def attend(q, k, v, mask):
    if hasattr(F, "scaled_dot_product_attention"):
        return F.scaled_dot_product_attention(q, k, v, is_causal=True)
    scores = q @ k.transpose(-2, -1) * q.shape[-1] ** -0.5
    return scores.masked_fill(mask, float("-inf")).softmax(-1) @ v


class Block(nn.Module):
    def __init__(self, c):
        super().__init__()
        width, inner = c["hidden_size"], c["intermediate_size"]
        self.heads = c["num_attention_heads"]
        self.q, self.k, self.v, self.o = (nn.Linear(width, width, bias=False) for _ in range(4))
        self.gate, self.up = (nn.Linear(width, inner, bias=False) for _ in range(2))
        self.down = nn.Linear(inner, width, bias=False)
        self.q_norm, self.k_norm, self.after_attention, self.after_feed_forward = (
            RmsNorm(width, c["rms_norm_eps"]) for _ in range(4)
        )

    def split(self, x):
        return x.view(x.shape[0], x.shape[1], self.heads, -1).transpose(1, 2)

    def forward(self, x, cos, sin, mask):
        q = rotate(self.split(self.q_norm(self.q(x))), cos, sin)
        k = rotate(self.split(self.k_norm(self.k(x))), cos, sin)
        mixed = attend(q, k, self.split(self.v(x)), mask).transpose(1, 2).reshape(x.shape)
        x = x + self.after_attention(self.o(mixed))
        return x + self.after_feed_forward(self.down(F.silu(self.gate(x)) * self.up(x)))


class Model(nn.Module):
    def __init__(self, c, length):
        super().__init__()
        self.embed = nn.Embedding(c["vocab_size"], c["hidden_size"])
        self.blocks = nn.ModuleList(Block(c) for _ in range(c["num_hidden_layers"]))
        self.norm = RmsNorm(c["hidden_size"], c["rms_norm_eps"])
        self.head = nn.Linear(c["hidden_size"], c["vocab_size"], bias=False)
        half = c["hidden_size"] // c["num_attention_heads"] // 2
        angles = torch.outer(torch.arange(length), c["rope_theta"] ** (-torch.arange(half) / half))
        angles = torch.cat((angles, angles), dim=-1)
        self.register_buffer("cos", angles.cos())
        self.register_buffer("sin", angles.sin())
        self.register_buffer("mask", torch.ones(length, length, dtype=torch.bool).triu(1))

    def forward(self, tokens):
        length = tokens.shape[1]
        x = self.embed(tokens)
        for block in self.blocks:
            x = block(x, self.cos[:length], self.sin[:length], self.mask[:length, :length])
        return self.head(self.norm(x))


def score(model, path, rows, clock):
    """Log-likelihoods of choices as lm-evaluation-harness asks for them: questions a second."""
    with open(path) as f:
        questions = [json.loads(line) for line in f]
    asked = [(q["context"], choice) for q in questions for choice in q["choices"]]
    asked.sort(key=lambda pair: -len(pair[0]) - len(pair[1]))

    def once():
        total = 0.0
        for i in range(0, len(asked), rows):
            batch = asked[i : i + rows]
            texts = [(context + choice)[:-1] for context, choice in batch]
            longest = max(map(len, texts))
            tokens = torch.tensor([text + [0] * (longest - len(text)) for text in texts])
            logs = model(tokens).log_softmax(-1)
            for row, (context, choice) in enumerate(batch):
                at = torch.arange(len(context) - 1, len(context) + len(choice) - 1)
                total += logs[row, at, torch.tensor(choice)].sum().item()
        return total

    with torch.inference_mode():
        once()
        start = clock()
        once()
        return len(questions) / (clock() - start)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", required=True)
    parser.add_argument("--items")
    parser.add_argument("--clock", choices=["wall", "processor"], default="wall")
    parser.add_argument("--score", action="store_true")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--length", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--together", type=int, help="sequences that go through at once (default: all)")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--precision", choices=["fp32", "bf16"], default="fp32")
    parser.add_argument("--steps", type=int, default=1)
    parser.add_argument("--warmup", type=int, default=0)
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(0)
    with open(a.config) as f:
        config = json.load(f)
    model = Model(config, a.length).to(a.device)
    clock = time.perf_counter if a.clock == "wall" else time.process_time
    rate = score(model, a.items, a.batch, clock) if a.score else train(model, config, a, clock)
    print(json.dumps({"rate": rate, "memoryBytes": peak(), "version": torch.__version__}))


def peak():
    """Bytes resident at most; getrusage would count what the parent had when it forked."""
    with open("/proc/self/status") as f:
        return next(int(line.split()[1]) << 10 for line in f if line.startswith("VmHWM:"))


def train(model, config, a, clock):
    """Tokens a second."""
    gpu = a.device != "cpu"
    fused = {"fused": True} if gpu else {}
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, betas=(0.9, 0.95), weight_decay=0.1, **fused)
    numbers = torch.autocast("cuda" if gpu else "cpu", dtype=torch.bfloat16, enabled=a.precision == "bf16")
    seconds = []
    for step in range(a.warmup + a.steps):
        tokens = torch.randint(config["vocab_size"], (a.batch, a.length)).to(a.device)
        start = clock()
        optimizer.zero_grad(set_to_none=True)
        rows = a.together or a.batch
        for first in range(0, a.batch, rows):
            some = tokens[first : first + rows]
            with numbers:
                logits = model(some)[:, :-1].flatten(0, 1).float()
                loss = F.cross_entropy(logits, some[:, 1:].flatten())
                loss = loss + 1e-5 * logits.logsumexp(-1).pow(2).mean()
            (loss * len(some) / a.batch).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if gpu:
            torch.cuda.synchronize()
        if step >= a.warmup:
            seconds.append(clock() - start)
    return a.batch * a.length / statistics.median(seconds)


if __name__ == "__main__":
    main()
