"""Small tokenizers of four kinds, and what the library (tokenizers 0.21.0) makes of a sample of texts.

pip install tokenizers==0.21.0; python3 make.py
"""
import json
import random
import unicodedata

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

RANDOM = random.Random(7)
SPECIAL = ["<unk>", "<s>", "</s>"]
SENTENCES = [
    "The capital of Azerbaijan is Baku, and the capital of Austria is Vienna.",
    "Zürich, Genève and Łódź are cities; Ångström was a physicist.",
    "東京は日本の首都です。 北京是中国的首都。",
    "Москва — столица России; Αθήνα είναι η πρωτεύουσα της Ελλάδας.",
    "القاهرة هي عاصمة مصر. दिल्ली भारत की राजधानी है।",
    "Cats and dogs 🐈🐕 play; 1,024 tokens cost $3.14 (or 2⁵ · 32).",
    "def f(x):\n    return x + 1\t# no comment",
]
BLOCKS = [(0x20, 0x7F), (0x20, 0x7F), (0xA0, 0x250), (0x300, 0x370), (0x370, 0x530), (0x900, 0x980),
          (0x3040, 0x3100), (0x4E00, 0x4F00), (0xAC00, 0xAD00), (0xFB00, 0xFB10), (0x1F600, 0x1F650)]


def random_text():
    words = []
    for _ in range(RANDOM.randrange(1, 9)):
        low, high = RANDOM.choice(BLOCKS)
        word = "".join(chr(RANDOM.randrange(low, high)) for _ in range(RANDOM.randrange(1, 7)))
        words.append(RANDOM.choice([word, RANDOM.choice(RANDOM.choice(SENTENCES).split())]))
    return RANDOM.choice([" ", " ", "  ", "\n"]).join(words)


def byte_level():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    trainer = trainers.BpeTrainer(vocab_size=600, special_tokens=["<|endoftext|>"],
                                  initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    return tokenizer, trainer


def byte_fallback():
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(),
                                           decoders.Fuse(), decoders.Strip(" ", 1, 0)])
    bytes_ = [f"<0x{b:02X}>" for b in range(256)]
    trainer = trainers.BpeTrainer(vocab_size=700, special_tokens=SPECIAL + bytes_, max_token_length=8,
                                  limit_alphabet=120)
    return tokenizer, trainer


def unigram():
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(" {2,}", " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 1), ("</s>", 2)])
    trainer = trainers.UnigramTrainer(vocab_size=2000, max_piece_length=8, special_tokens=SPECIAL, unk_token="<unk>")
    return tokenizer, trainer


def word_piece():
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(vocab_size=500, special_tokens=["[UNK]", "[CLS]", "[SEP]", "[EOS]"])
    return tokenizer, trainer


def main():
    texts = SENTENCES + [random_text() for _ in range(60)]
    texts += ["", " ", "\n", "\0a\0", "a" * 300, "e\u0301 \u00e9 \ufb01 \uac00 \u1100\u1161", "\ufffd 🐈\ufffd",
              "<s>x</s> <|endoftext|>", "[UNK] <unk>"]
    texts.append(unicodedata.normalize("NFD", SENTENCES[1]))
    corpus = SENTENCES * 20 + [random_text() for _ in range(300)]
    for name, made in [("byte-level", byte_level), ("byte-fallback", byte_fallback), ("unigram", unigram),
                       ("word-piece", word_piece)]:
        tokenizer, trainer = made()
        tokenizer.train_from_iterator(corpus, trainer)
        saved = json.loads(tokenizer.to_str())
        # Byte pieces are pieces, as in SentencePiece's vocabularies, and no words of a text.
        saved["added_tokens"] = [t for t in saved["added_tokens"] if not t["content"].startswith("<0x")]
        with open(name + ".json", "w", encoding="utf-8") as out:
            json.dump(saved, out, ensure_ascii=False)
        tokenizer = Tokenizer.from_file(name + ".json")
        with open(name + ".expected.jsonl", "w", encoding="utf-8") as out:
            for text in texts:
                ids = tokenizer.encode(text, add_special_tokens=False).ids
                line = {"text": text, "ids": ids, "decoded": tokenizer.decode(ids, skip_special_tokens=False)}
                out.write(json.dumps(line) + "\n")
        print(name, tokenizer.get_vocab_size(), max(tokenizer.get_vocab().values()) + 1)


main()
