"""Documents swapped for as long ones of another window, the way a script over NumPy files does it: lists of
documents sorted by length and walked side by side, then a concatenation for each document. Prints its processor time."""

import json
import os
import sys
import time

import numpy as np


def pairs(targets, target_places, donors, donor_places):
    """Target to donor: of the same length where one is left, else of the next longer."""
    sized = lambda chosen, places: sorted(
        [(i, places[i, -1] - places[i, -2] + 1) for i in chosen], key=lambda pair: pair[1]
    )
    left = sized(donors, donor_places)
    paired, at = {}, 0
    for target, length in sized(targets, target_places):
        while at < len(left) and left[at][1] < length:
            at += 1
        if at == len(left):
            break
        paired[target] = left[at][0]
        at += 1
    return paired


def donor_tokens(paired, places, folder, reading):
    tokens, first_step = {}, places[0, 0]
    loaded, batch = first_step, np.load(os.path.join(folder, f"{first_step}.npy"))
    for donor in sorted(paired.values()):
        step, sequence, first, last = places[donor]
        if step != loaded:
            batch = np.load(os.path.join(folder, f"{step}.npy"))
            if reading == "each-step":
                loaded = step
        tokens[donor] = batch[sequence, first : last + 1].copy()
    return tokens


def swap(targets, places, paired, tokens, folder, out):
    loaded, batch, where, shift, skipped = None, None, None, 0, 0
    for target in targets:
        if target not in paired:
            continue
        step, sequence, first, last = places[target]
        if (step, sequence) != where:
            where, shift = (step, sequence), 0
        if step != loaded:
            if batch is not None:
                np.save(os.path.join(out, f"{loaded}.npy"), batch)
            batch, loaded = np.load(os.path.join(folder, f"{step}.npy")), step
        new = tokens[paired[target]]
        row = np.concatenate((batch[sequence, : first + shift], new, batch[sequence, last + shift + 1 :]))
        try:
            batch[sequence] = row[: len(batch[sequence])]
            shift += len(new) - (last - first + 1)
        except ValueError:
            skipped += 1
    if batch is not None:
        np.save(os.path.join(out, f"{loaded}.npy"), batch)
    return skipped


def peak_memory():
    """Bytes resident, of this program alone: what the system counts for a child begins with its parent's."""
    with open("/proc/self/status") as status:
        return next((int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:")), 0)


def main():
    history, donor_folder, lists, out, reading = sys.argv[1:]
    read = lambda name: np.load(os.path.join(lists, name))
    begun, start = time.perf_counter(), time.process_time()
    targets, donors = np.sort(read("targets.npy").ravel()), np.sort(read("donors.npy").ravel())
    places, donor_places = (read(name).astype(np.int64) for name in ("documents.npy", "donor-documents.npy"))
    paired = pairs(targets, places, donors, donor_places)
    mapped = time.process_time()
    tokens = donor_tokens(paired, donor_places, donor_folder, reading)
    skipped = swap(targets, places, paired, tokens, history, out)
    end = time.process_time()
    print(
        json.dumps(
            {
                "mappingSeconds": mapped - start,
                "swapSeconds": end - mapped,
                "wallSeconds": time.perf_counter() - begun,
                "swapped": len(paired) - skipped,
                "memoryBytes": peak_memory(),
            }
        )
    )


if __name__ == "__main__":
    main()
