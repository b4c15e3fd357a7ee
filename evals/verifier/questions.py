"""Questions made of an abstract's sentences, and what makes them unanswerable.

A question stands where a claim stands: the comparer is taught that sentences bear a question out if
they state what it takes for granted and what it asks for. Its opposite is made in four ways, after
SQuAD 2.0 (Rajpurkar, Jia and Liang 2018, "Know What You Don't Know"): the sentence that answers is
taken away, the question takes for granted what is not so, it asks a neighbour's question of this
paper, or it asks for something that abstracts seldom state.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.extractive.question import content_stems
from assistant.verification.surface import names
from evals.verifier.parsing import Clause, Token, clauses, phrase, spoken

_BRIEF = 0.5
_BY = {"by", "through", "via", "using", "with"}
_WHY = {"because", "due", "since", "thanks", "to"}
_SELF = re.compile(
    r"^(we|it|they|this|our|the)( (proposed|present|new|resulting|final))?"
    r"( (paper|work|study|method|methods|model|models|approach|system|framework|architecture"
    r"|technique|algorithm|article|authors|dataset|corpus|benchmark|results?|experiments?))?$",
    re.IGNORECASE,
)
_HEAD = re.compile(r"^(?P<name>[\w+.^-]+(?: [\w+.^-]+){0,2})\s?[:–—] ")
_STARTS = ("what's", "tell me what", "can you say what")
_PLAIN = ("what", "how", "why", "which", "who")


@dataclass(frozen=True)
class Asked:
    """A question and the sentence that it was made of."""

    text: str
    sentence: str


def own_name(title: str, text: str) -> str:
    """What an abstract's subject is called: what stands before the title's colon, if a name."""
    found = _HEAD.match(title)
    if found and (names(f"x {found['name']}") or " " not in found["name"]):
        return found["name"]
    inside = [n for n in names(f"x {title}") if any(c.isupper() for c in n[1:]) and n in text]
    return inside[0] if inside else ""


def questions(sentence: str, name: str, rng: random.Random) -> Iterator[Asked]:
    """Questions that the sentence answers, in the words of somebody who asks about `name`."""
    for whole in clauses(sentence):
        if whole.negated or whole.verb.dep_ == "advcl":
            continue
        clause = replace(whole, brief=rng.random() < _BRIEF)
        who = subject(clause, name, rng)
        if not who:
            continue
        for made in _of_clause(clause, who, rng):
            if 12 < len(made) < 220:
                yield Asked(as_typed(made, rng), sentence)


def _of_clause(clause: Clause, who: str, rng: random.Random) -> Iterator[str]:
    for thing in clause.objects[:1]:
        if number := _count(thing):
            yield f"How many {number} {_inverted(clause, who, thing)}?"
            yield f"How many {number} {rng.choice(_counting(who))}?"
        elif thing.pos_ in {"NOUN", "PROPN"} and not clause.copula:
            asked = rng.choice(("What", f"What {thing.text}", f"Which {thing.text}"))
            yield f"{asked} {_inverted(clause, who, thing)}?"
        elif clause.copula and thing.pos_ in {"NOUN", "ADJ"}:
            yield f"What {clause.verb.text} {who}?"
            yield f"Why {clause.verb.text} {who} {clause.behind()}?"
    for adjunct in clause.adjuncts[:3]:
        yield from _of_adjunct(clause, who, adjunct, rng)
    if not clause.copula and len(clause.behind()) > 15:
        yield f"{rng.choice(('How', 'How', 'Why'))} {_inverted(clause, who, None)}?"
        yield f"{_inverted(clause, who, None, first=True)}?"
    if number := _count(clause.subject):
        yield f"How many {number} {_predicate(clause)}?"
    elif clause.subject.pos_ == "NOUN":
        yield f"Which {clause.subject.text} {_predicate(clause)}?"


def _of_adjunct(clause: Clause, who: str, adjunct: Token, rng: random.Random) -> Iterator[str]:
    word = adjunct.lower_
    below = [c for c in adjunct.children if c.dep_ in {"pobj", "pcomp"}]
    if word in _BY and not (below and _figure(below[0])):
        yield f"How {_inverted(clause, who, adjunct)}?"
    elif word in _WHY:
        yield f"Why {_inverted(clause, who, adjunct)}?"
    elif below and _figure(below[0]):
        yield f"{adjunct.text.capitalize()} how much {_inverted(clause, who, adjunct)}?"
    elif adjunct.dep_ == "prep" and below and below[0].pos_ in {"NOUN", "PROPN"}:
        thing = below[0]
        if number := _count(thing):
            lead = f"{adjunct.text.capitalize()} how many {number}"
            yield f"{lead} {_inverted(clause, who, adjunct)}?"
        else:
            asked = f"which {thing.text}" if thing.pos_ == "NOUN" else "what"
            yield f"{adjunct.text.capitalize()} {asked} {_inverted(clause, who, adjunct)}?"
            low = rng.choice(("What", "Which"))
            noun = f" {thing.text}" if thing.pos_ == "NOUN" else ""
            yield f"{low}{noun} {_inverted(clause, who, adjunct)} {adjunct.text}?"


def subject(clause: Clause, name: str, rng: random.Random) -> str:
    """The subject as the one who asks would say it; empty if only the text tells who it is."""
    own = phrase(clause.subject)
    if len(own) > 70:
        return ""
    if own.lower() == "it" and clause.copula:
        return ""
    if not _SELF.match(own):
        return _lowered(own, clause.subject) if clause.subject.pos_ != "PRON" else ""
    spoken_of = [name] * 3 if name else []
    return rng.choice([*spoken_of, "the authors", "the paper"])


def _lowered(own: str, head: Token) -> str:
    first = next(iter(head.subtree))
    named = first.pos_ == "PROPN" or any(c.isupper() for c in first.text[1:])
    return own if named else own[:1].lower() + own[1:]


def _inverted(clause: Clause, who: str, without: Token | None, first: bool = False) -> str:
    """`does X use ...`: auxiliary, subject, verb, and what is behind it."""
    behind = clause.behind(without)
    if clause.copula:
        words = [_agreeing(clause.verb.text, who), who, behind]
    elif clause.auxiliaries:
        helping, *more = clause.auxiliaries
        rest = [t.text for t in more]
        words = [_agreeing(helping.lower_, who), who, *rest, clause.verb.text, behind]
    else:
        do = "did" if clause.verb.tag_ == "VBD" else "do" if _plural(clause, who) else "does"
        words = [do, who, clause.verb.lemma_, behind]
    text = " ".join(w for w in words if w)
    return text[:1].upper() + text[1:] if first else text


def _predicate(clause: Clause) -> str:
    helping = spoken([*clause.auxiliaries, clause.verb])
    return f"{helping} {clause.behind()}".strip()


def _plural(clause: Clause, who: str) -> bool:
    if who == "the authors":
        return True
    own = phrase(clause.subject)
    return own == who and clause.subject.tag_ in {"NNS", "NNPS"}


def _agreeing(verb: str, who: str) -> str:
    if who == "the authors":
        return {"is": "are", "was": "were", "has": "have"}.get(verb, verb)
    plural = who.rsplit(maxsplit=1)[-1].endswith("s")
    return verb if plural else {"are": "is", "were": "was", "have": "has"}.get(verb, verb)


def _count(thing: Token) -> str:
    """`annotated dialogues` of `12,000 annotated dialogues`; empty if nothing is counted."""
    numbers = [c for c in thing.children if c.dep_ == "nummod"]
    if not numbers or thing.tag_ not in {"NNS", "NNPS"} or thing.lower_ in {"%", "points"}:
        return ""
    words = [t for c in thing.lefts if c not in numbers for t in c.subtree if t.pos_ != "DET"]
    return spoken([*words, thing])


def _figure(thing: Token) -> bool:
    return any(t.like_num for t in thing.subtree) and thing.lower_ in {"%", "points", "point", "x"}


def _counting(who: str) -> tuple[str, ...]:
    do = "do" if who == "the authors" else "does"
    return (
        f"{do} {who} use", f"{do} {who} have", f"{do} {who} contain", f"are there in {who}",
        f"{do} {who} cover", f"are in {who}",
    )  # fmt: skip


SELDOM: tuple[tuple[str, str], ...] = (
    ("How many parameters does {n} have?", "parameter"),
    ("how many million parameters has {n}", "parameter"),
    ("How many GPUs was {n} trained on?", "gpu"),
    ("On what hardware was {n} trained?", "gpu hardware cpu"),
    ("What learning rate was used to train {n}?", "learning rate"),
    ("How was the learning rate scheduled in {n}?", "learning rate"),
    ("What batch size does {n} use?", "batch"),
    ("How many epochs was {n} trained for?", "epoch"),
    ("How long does it take to train {n}?", "hour day minute time"),
    ("What is the inference latency of {n} in milliseconds?", "latency ms second"),
    ("How many layers does {n} have?", "layer"),
    ("How many attention heads does {n} use?", "head"),
    ("What is the hidden size of {n}?", "hidden dimension"),
    ("Which optimizer was {n} trained with?", "optimizer adam sgd"),
    ("What does it cost to run {n}?", "cost dollar"),
    ("How much memory does {n} need?", "memory"),
    ("Under which licence is {n} released?", "licen"),
    ("How many annotators labelled the data of {n}?", "annotator"),
    ("What was the inter-annotator agreement?", "agreement"),
    ("How many examples are in the test set of {n}?", "test"),
    ("Which pre-trained model does {n} start from?", "pre-trained pretrained bert gpt"),
    ("Which tokenizer does {n} use?", "token"),
    ("What BLEU score does {n} reach?", "bleu"),
    ("What accuracy does {n} reach on ImageNet?", "imagenet"),
    ("What F1 score does {n} reach on SQuAD?", "squad"),
    ("what's the perplexity of {n} on WikiText-103", "perplexity"),
    ("By how many points does {n} beat GPT-4?", "gpt-4"),
    ("How does {n} do on MMLU?", "mmlu"),
    ("Which languages does {n} cover?", "language"),
    ("How many speakers were recorded for {n}?", "speaker"),
    ("Which activation function does {n} use?", "activation"),
    ("What is the exact loss function of {n}?", "loss"),
    ("What dropout rate do they use?", "dropout"),
    ("Which random seeds were used?", "seed"),
    ("What were the names of the datasets that {n} was evaluated on?", "dataset corpus benchmark"),
    ("Which baselines was {n} compared with?", "baseline compar outperform"),
    ("What user satisfaction score did {n} get?", "satisf user"),
    ("How much electricity did training {n} take?", "energy electric carbon"),
    ("Who funded {n}?", "fund"),
    ("How many authors worked on {n}?", "author"),
    ("Where can the code of {n} be downloaded?", "code github http available"),
    ("How many citations does {n} have?", "citation"),
    ("What is the maximum context length of {n}?", "context length"),
    ("How many documents are in the corpus behind {n}?", "document corpus"),
    ("What margin of error is reported for {n}?", "error interval deviation"),
    ("Which version of Python does {n} need?", "python"),
    ("How many questions are there in {n}?", "question"),
    ("How many images does {n} hold?", "image"),
    ("how many hours of speech are in {n}?", "hour speech"),
    ("What is the vocabulary size of {n}?", "vocabulary"),
)
"""Questions for what abstracts seldom state, with word beginnings that may tell it after all."""


def seldom_stated(name: str, source: str, rng: random.Random) -> str:
    """A question that the source does not answer, since it has no word of what is asked for."""
    low = source.lower()
    for _ in range(6):
        form, words = rng.choice(SELDOM)
        if not any(word in low for word in words.split()):
            return as_typed(form.format(n=name or rng.choice(("this model", "it"))), rng)
    return ""


def as_typed(text: str, rng: random.Random) -> str:
    """As people type: sometimes without a capital or a question mark."""
    text = re.sub(r"\s+", " ", text).replace(" ,", ",").replace(" ?", "?")
    if rng.random() < 0.3 and text.split()[0].lower() in _PLAIN:
        text = text[:1].lower() + text[1:]
    if rng.random() < 0.2:
        text = text.rstrip("?")
    return text


def tells_itself(question: str, source: str) -> bool:
    """Whether the source holds every content word of a question, which it may then answer."""
    return set(content_stems(question)) <= set(content_stems(source))
