"""Writes what sacreBLEU, and independent programs of the published rules, count: metrics.json beside this script.

    python3 -m venv venv && venv/bin/pip install sacrebleu numpy
    venv/bin/python test/parity/write-metrics.py

BLEU is the package's own. ROUGE, CoNLL's spans, F1, Matthews' correlation and edit distances are written out here in
another way than in the library: ROUGE-L by recursion, spans by conlleval's two questions (does a chunk end, does one
begin), F1 and Matthews' correlation by indicator vectors, edit distance by recursion.
"""
import functools
import random
import re

import numpy
import sacrebleu
from sacrebleu.metrics import BLEU
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a

import fixtures

draw = random.Random(1)

NASTY = [
    "", " ", "Hello, world!", "It's 3.14, not 3,14 - or 1,000.50.", "e-mail me at a.b@c-d.org; 50% off (really)!",
    "5-6 years, U.S.-based; pre-2000", "He said: &quot;No &amp; yes &lt;maybe&gt;&quot;", "&amp;quot; is not a quote",
    "a <skipped> word", "hyphen-\nated line\nand a new one", "tabs\tand\u00a0no-break\u3000spaces ", "x\x1cy\x85z \ufeffBOM",
    "naïve café — “quoted” … dash", "Ünïcödé: 漢字、かな。", "😀 emoji, 👩‍👩‍👧 family.", "..., ,,. 1..2 ,3, .4", "$5.00/£4,50", "{a}[b]~`c^d_e\\f|",
    "1,2.3-4", "-5 and 6-", "A.B.C.", "x.,y", "'single' ''double''", "trailing dots ...", "line separator\u2028here", "K Kelvin İstanbul ẞ",
    "don't can't won't", "http://a.b/c?d=e&f=g", "*stars* #tag =eq= <a> @b", "٣.١٤ and ½,5",
]
WORDS = "the a cat dog sat on mat . , 3.5 1,000 e-mail U.S. don't it 's \" ( )".split()


def sentence(longest=14):
    return " ".join(draw.choice(WORDS) for _ in range(draw.randint(0, longest)))


def altered(text):
    words = text.split(" ")
    for _ in range(draw.randint(0, 3)):
        at = draw.randrange(len(words) + 1)
        words[at:at + draw.randint(0, 1)] = [draw.choice(WORDS)] * draw.randint(0, 2)
    return " ".join(words)


def bleu_figures(result):
    return {
        "score": result.score, "precisions": result.precisions, "right": result.counts, "total": result.totals,
        "brevityPenalty": result.bp, "hypothesisLength": result.sys_len, "referenceLength": result.ref_len,
    }


def bleu_case(hypotheses, references, **options):
    """references: for each hypothesis a list, all equally long as sacreBLEU wants them."""
    named = {"lowercase": options.get("lowerCase", False), "tokenize": options.get("tokenize", "13a")}
    streams = [list(stream) for stream in zip(*references)]
    return {
        "metric": "bleu", "hypotheses": hypotheses, "references": references, "options": options,
        "expected": bleu_figures(BLEU(**named).corpus_score(hypotheses, streams)),
        "sentences": [
            bleu_figures(BLEU(effective_order=True, **named).sentence_score(hypothesis, refs))
            for hypothesis, refs in zip(hypotheses, references)
        ],
    }


def bleu_cases():
    tokens = Tokenizer13a()
    yield {"metric": "13a", "lines": NASTY, "expected": [tokens(line.rstrip()).split() for line in NASTY]}
    yield bleu_case(NASTY, [[line] for line in NASTY])
    yield bleu_case(NASTY, [[altered(line), line[:-1]] for line in NASTY])
    yield bleu_case(NASTY, [[line.upper()] for line in NASTY], lowerCase=True)
    yield bleu_case(NASTY, [[altered(line)] for line in NASTY], tokenize="none")
    for references in (1, 2, 3):
        for _ in range(3):
            truth = [sentence() for _ in range(8)]
            yield bleu_case([altered(text) for text in truth], [[altered(text) for _ in range(references)] for text in truth])
    # short ones: orders without any n-gram, without a right one, without a right word
    yield bleu_case(["a cat"], [["a cat"]])
    yield bleu_case(["a cat sat on it", "a dog"], [["on a mat sat it", "cat a"], ["the dog", "dog"]])
    yield bleu_case(["x y z", ""], [["a b c"], ["d"]])
    yield bleu_case(["", ""], [["a b c"], [""]])


def rouge_words(text):
    return [word for word in re.sub(r"[^a-z0-9]+", " ", text.lower()).split(" ") if word]


def figures(right, found, there):
    precision = right / found if found else 0.0
    recall = right / there if there else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}


def rouge_n(guess, truth, n):
    ngrams = lambda words: [tuple(words[i:i + n]) for i in range(len(words) - n + 1)]
    left = ngrams(truth)
    right = 0
    for ngram in ngrams(guess):  # each n-gram of the reference can be matched once
        if ngram in left:
            left.remove(ngram)
            right += 1
    return figures(right, len(ngrams(guess)), len(ngrams(truth)))


def rouge_l(guess, truth):
    @functools.cache
    def common(i, j):
        if i == len(guess) or j == len(truth):
            return 0
        if guess[i] == truth[j]:
            return 1 + common(i + 1, j + 1)
        return max(common(i + 1, j), common(i, j + 1))
    return figures(common(0, 0), len(guess), len(truth))


def rouge_cases():
    pairs = [(altered(text), altered(text)) for text in (sentence(25) for _ in range(12))]
    pairs += [(a, b) for a, b in zip(NASTY, NASTY[1:])] + [(line, line) for line in NASTY] + [("", "a"), ("a", ""), ("", "")]
    for hypothesis, reference in pairs:
        guess, truth = rouge_words(hypothesis), rouge_words(reference)
        expected = {"rouge1": rouge_n(guess, truth, 1), "rouge2": rouge_n(guess, truth, 2), "rougeL": rouge_l(guess, truth)}
        yield {"metric": "rouge", "hypothesis": hypothesis, "reference": reference, "expected": expected}


def split_tag(tag):
    return (tag, "") if "-" not in tag else tuple(tag.split("-", 1))


def chunk_ends(previous, tag):
    (before, type_before), (now, type_now) = previous, tag
    return before in "BI" and (now in "BO" or type_before != type_now)


def chunk_begins(previous, tag):
    (before, type_before), (now, type_now) = previous, tag
    return now == "B" or (now == "I" and (before == "O" or type_before != type_now))


def conlleval(guesses, truth):
    """As the script does it: tag by tag, with a flag that says whether both chunks have agreed so far."""
    counts = {}
    def count(kind, which):
        counts.setdefault(kind, {"right": 0, "guessed": 0, "there": 0})[which] += 1
    for guessed_tags, true_tags in zip(guesses, truth):
        last_guess = last_true = ("O", "")
        agreed = False
        for guess, true in zip(list(guessed_tags) + ["O"], list(true_tags) + ["O"]):
            guess, true = split_tag(guess), split_tag(true)
            if agreed:
                ends = chunk_ends(last_true, true), chunk_ends(last_guess, guess)
                if all(ends) and last_guess[1] == last_true[1]:
                    agreed = False
                    count(last_true[1], "right")
                elif ends[0] != ends[1] or guess[1] != true[1]:
                    agreed = False
            begins = chunk_begins(last_true, true), chunk_begins(last_guess, guess)
            if all(begins) and guess[1] == true[1]:
                agreed = True
            if begins[0]:
                count(true[1], "there")
            if begins[1]:
                count(guess[1], "guessed")
            last_guess, last_true = guess, true
    scored = lambda c: {**figures(c["right"], c["guessed"], c["there"]), **c}
    total = {which: sum(c[which] for c in counts.values()) for which in ("right", "guessed", "there")}
    return {**scored(total), "types": {kind: scored(counts[kind]) for kind in sorted(counts)}}


def span_cases():
    tags = ["O", "O", "B-PER", "I-PER", "B-LOC", "I-LOC", "I-MISC-x"]
    for flips in (0.0, 0.1, 0.3, 1.0):
        truth = [[draw.choice(tags) for _ in range(draw.randint(1, 12))] for _ in range(25)]
        guesses = [[draw.choice(tags) if draw.random() < flips else tag for tag in sentence] for sentence in truth]
        yield {"metric": "spans", "guesses": guesses, "truth": truth, "expected": conlleval(guesses, truth)}
    yield {"metric": "spans", "guesses": [["B", "I", "O", "I"]], "truth": [["I", "I", "B", "I"]],
           "expected": conlleval([["B", "I", "O", "I"]], [["I", "I", "B", "I"]])}


def class_cases():
    generator = numpy.random.default_rng(1)
    for classes, size, noise in ((2, 60, 0.2), (2, 9, 1.0), (3, 40, 0.3), (5, 200, 0.6), (6, 7, 0.5)):
        truth = generator.integers(classes, size=size)
        guesses = numpy.where(generator.random(size) < noise, generator.integers(classes, size=size), truth)
        T, P = numpy.eye(classes)[truth], numpy.eye(classes)[guesses]
        # Gorodkin's definition: covariances of the indicator vectors, summed over classes
        covariance = lambda X, Y: ((X - X.mean(0)) * (Y - Y.mean(0))).sum()
        per_class = [figures((T[:, k] * P[:, k]).sum(), P[:, k].sum(), T[:, k].sum()) for k in range(classes)]
        occurring = [one for k, one in enumerate(per_class) if T[:, k].sum() + P[:, k].sum() > 0]
        yield {
            "metric": "classes", "classes": classes, "guesses": guesses, "labels": truth, "counts": T.T @ P,
            "matthews": covariance(T, P) / numpy.sqrt(covariance(T, T) * covariance(P, P)),
            "perClass": per_class, "micro": figures((T * P).sum(), size, size),
            "macro": {key: numpy.mean([one[key] for one in occurring]) for key in ("precision", "recall", "f1")},
        }


def distance(a, b):
    @functools.cache
    def rest(i, j):
        if i == len(a) or j == len(b):
            return len(a) - i + len(b) - j
        return rest(i + 1, j + 1) if a[i] == b[j] else 1 + min(rest(i + 1, j + 1), rest(i + 1, j), rest(i, j + 1))
    return rest(0, 0)


def edit_cases():
    truth = [sentence(10) for _ in range(12)] + NASTY
    hypotheses = [altered(text) for text in truth]
    words = [tuple([word for word in line.split(" ") if word] for line in pair) for pair in zip(hypotheses, truth)]
    yield {
        "metric": "edits", "hypotheses": hypotheses, "references": truth,
        "distances": [distance(a, b) for a, b in zip(hypotheses, truth)],
        "characterErrorRate": sum(distance(a, b) for a, b in zip(hypotheses, truth)) / sum(map(len, truth)),
        "wordDistances": [distance(a, b) for a, b in words],
    }


if __name__ == "__main__":
    cases = [*bleu_cases(), *rouge_cases(), *span_cases(), *class_cases(), *edit_cases()]
    fixtures.write("metrics", cases, sacrebleu=sacrebleu.__version__)
