"""Other values for figures, in the form of the old one."""

import random

WORDED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
          "twelve")  # fmt: skip


def other_number(old: str, rng: random.Random) -> str:
    """A figure that differs from `old` in value: a digit changed or two exchanged, or rescaled."""
    if not old[0].isdigit():
        new = rng.choice([w for w in WORDED[1:] if w != old.lower()])
        return new.capitalize() if old[0].isupper() else new
    for change in rng.sample((_exchanged, _digit, _near, _rescaled), 4):
        new = change(old, rng)
        if _value(new) != _value(old):
            return new
    return f"{old}0"


def _value(figure: str) -> float:
    return float(figure.replace(",", ""))


def _exchanged(old: str, rng: random.Random) -> str:
    """Two neighbouring digits change places."""
    digits = [n for n in range(len(old) - 1) if old[n].isdigit() and old[n + 1].isdigit()]
    places = [(n, n + 1) for n in digits]
    if "." in old[1:-1]:
        places.append((old.index(".") - 1, old.index(".") + 1))
    if not places:
        return old
    a, b = rng.choice(places)
    letters = list(old)
    letters[a], letters[b] = letters[b], letters[a]
    return "".join(letters) if letters[0] != "0" else old


def _digit(old: str, rng: random.Random) -> str:
    """One digit becomes another."""
    at = rng.choice([n for n, c in enumerate(old) if c.isdigit()])
    return old[:at] + rng.choice("123456789") + old[at + 1 :]


def _near(old: str, rng: random.Random) -> str:
    """A value within some 10 % of the old one, with as many decimals."""
    decimals = len(old.split(".")[1]) if "." in old else 0
    step = max(10.0**-decimals, round(_value(old) * rng.uniform(0.01, 0.1), decimals))
    new = _value(old) + rng.choice((-step, step))
    return f"{abs(new):,.{decimals}f}" if "," in old else f"{abs(new):.{decimals}f}"


def _rescaled(old: str, rng: random.Random) -> str:
    """Twice, half or ten times the value."""
    decimals = len(old.split(".")[1]) if "." in old else 0
    new = _value(old) * rng.choice((0.5, 2, 3, 10))
    return f"{new:,.{decimals}f}" if "," in old else f"{new:.{decimals}f}"
