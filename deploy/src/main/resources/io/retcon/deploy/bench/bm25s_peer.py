"""bm25s on the documents and queries of a benchmark, on one thread: what it finds, and its processor time."""

import json
import resource
import sys
import time

import bm25s
import numpy as np

CHUNK = 500


def texts(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def tokens(batch, ids=True):
    return bm25s.tokenize(
        batch, lower=True, token_pattern=r"(?u)\b\w\w+\b", stopwords="en", return_ids=ids, show_progress=False
    )


def main():
    documents, queries, k, found = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    try:
        import numba  # noqa: F401

        backend = "numba"
    except ImportError:
        backend = "numpy"

    def retriever():
        return bm25s.BM25(method="lucene", k1=1.5, b=0.75, backend=backend)

    # What is compiled on first use is not timed.
    warm = retriever()
    warm.index(tokens(["one two three", "two three four", "three four five"]), show_progress=False)
    warm.retrieve(tokens(["two five"], ids=False), k=2, show_progress=False)

    corpus = texts(documents)
    start = time.process_time()
    index = retriever()
    index.index(tokens(corpus), show_progress=False)
    index_seconds = time.process_time() - start
    del corpus

    asked = texts(queries)
    query_seconds = 0.0
    with open(found, "wb") as numbers, open(found + ".scores", "wb") as scores:
        for first in range(0, len(asked), CHUNK):
            start = time.process_time()
            results = index.retrieve(tokens(asked[first : first + CHUNK], ids=False), k=k, show_progress=False)
            query_seconds += time.process_time() - start
            numbers.write(np.ascontiguousarray(results.documents, dtype="<i4").tobytes())
            scores.write(np.ascontiguousarray(results.scores, dtype="<f4").tobytes())
    print(
        json.dumps(
            {
                "indexSeconds": index_seconds,
                "querySeconds": query_seconds,
                "memoryBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
            }
        )
    )


if __name__ == "__main__":
    main()
