"""Shapley-Shubik enclosed: the share of each player within a bound, where exact counting by size would take too long.

For one weighing of many players. If each of the others votes yes with probability p, a player decides with a
probability that is a polynomial in p; its integral from 0 to 1 is the share (Owen 1972), and Gauss's rule with half
as many points as players gives the integral of such a polynomial exactly. What is left is the rounding of floating
point, of which every step is bounded (Higham, Accuracy and Stability of Numerical Algorithms, ch. 3 and 4): only sums
and products of what is not negative, but for one alternating sum, whose terms are added up without their signs too.
Rules of up to a hundred points are those that numpy vouches for.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from chancery.rules.games import Weighing, reduced

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from chancery.rules.games import Game

    Floats: TypeAlias = NDArray[np.float64]

LONGEST = 300.0
"""Seconds, as estimated, from which a game is not begun."""

SECONDS_A_STEP = 7e-10
"""What one weight takes at one point for one player, measured; only the order of magnitude matters."""

UNIT = 2.0**-53
"""The relative error of one operation."""

BLOCK = 2048
"""Terms that are added up in a row, before rows are: so that errors do not pile up over millions."""

DECIMALS = 12

MOST = 200
"""Players: for more, the rule would have more points than it is known to be right for."""

HALF = 0.5

POINTS = 64
"""Units of rounding, for each player, that the points and parts of the rule may shift a share by: from one p to another
the probability of deciding changes by no more than the difference, for each of the others."""


class Enclosed(Struct, frozen=True):
    """Shares, and by how much at the most each may differ from what it is exactly."""

    shares: tuple[Fraction, ...]
    within: Fraction


def enclosed(game: Game) -> Enclosed | None:
    """The Shapley-Shubik shares within a bound; None where it is no single weighing, too large, or numpy is missing."""
    count = len(game.players)
    if not isinstance(game.test, Weighing) or count > MOST:
        return None
    weighing = reduced(game.test)
    if count * count / 2 * sum(weighing.weights) / 2 * SECONDS_A_STEP > LONGEST:
        return None
    try:
        import numpy as np  # noqa: PLC0415, F401  # an extra, and slow to import: only this needs it
    except ImportError:
        return None
    shares, errors = _integrated(weighing)
    found = tuple(Fraction(round(share * 10**DECIMALS), 10**DECIMALS) for share in shares)
    return Enclosed(found, Fraction(int(max(errors) * 10**DECIMALS) + 2, 10**DECIMALS))


def _integrated(weighing: Weighing) -> tuple[list[float], list[float]]:
    """Gauss's rule over the probability of a yes: each player's share, and the bound of its error."""
    import numpy as np  # noqa: PLC0415  # its caller has looked

    count, total = len(weighing.weights), sum(weighing.weights)
    points, parts = np.polynomial.legendre.leggauss((count + 1) // 2)
    distinct = sorted(set(weighing.weights))
    shares, errors = dict.fromkeys(distinct, 0.0), dict.fromkeys(distinct, POINTS * count * UNIT)
    for point, part in zip((points + 1) / 2, parts / 2, strict=True):
        # Where most vote yes the dual game is asked, in which as many vote no: it is as likely that one decides.
        likely, need = (point, weighing.at_least) if point <= HALF else (1 - point, total - weighing.at_least + 1)
        below = _below(weighing.weights, need, float(likely))
        for weight in distinct:
            decides, error = _decides(below, weight, float(likely), count)
            shares[weight] += part * decides
            errors[weight] += part * error
    return [shares[weight] for weight in weighing.weights], [errors[weight] for weight in weighing.weights]


def _below(weights: Sequence[int], need: int, likely: float) -> Floats:
    """How likely it is that the yes votes weigh less than 1, 2, ... up to a need, each vote being a yes as likely."""
    import numpy as np  # noqa: PLC0415  # its caller has looked

    found: Floats = np.zeros(need)
    found[0] = 1.0
    reach = 0
    for weight in sorted(weights):
        upto = min(reach + weight, need - 1) + 1
        yes = found[: max(upto - weight, 0)] * likely
        found[: reach + 1] *= 1.0 - likely
        found[weight:upto] += yes
        reach = upto - 1
    return _added_up(found)


def _added_up(found: Floats) -> Floats:
    """The sums of the first 1, 2, 3 ... terms, by rows."""
    import numpy as np  # noqa: PLC0415  # its caller has looked

    rows = -(-len(found) // BLOCK)
    padded = np.zeros(rows * BLOCK)
    padded[: len(found)] = found
    within = np.cumsum(padded.reshape(rows, BLOCK), axis=1)
    before = np.concatenate(([0.0], np.cumsum(within[:-1, -1])))
    added: Floats = (within + before[:, None]).reshape(-1)[: len(found)]
    return added


def _decides(below: Floats, weight: int, likely: float, count: int) -> tuple[float, float]:
    """How likely it is that a player of a weight decides, and by how much that may be wrong.

    The others weigh less than the need, but not less than it without his weight; he is taken out of the sums by
    dividing by (1 - p) + p x^w.
    """
    import numpy as np  # noqa: PLC0415  # its caller has looked

    if weight == 0:
        return 0.0, 0.0
    terms = below[::-weight]
    powers = (likely / (1.0 - likely)) ** np.arange(len(terms))
    sizes = terms * powers
    signs = np.where(np.arange(len(terms)) % 2, -1.0, 1.0)
    lighter = below[len(below) - 1 - weight :: -weight] if weight < len(below) else below[:0]
    decides = (float((sizes * signs).sum()) - float((lighter * (powers * signs)[: len(lighter)]).sum())) / (
        1.0 - likely
    )
    steps = 3 * count + BLOCK + len(below) // BLOCK + 4 * len(terms) + 8
    error = 1.1 * steps * UNIT * 2 * float(sizes.sum()) / (1.0 - likely)
    return decides, error
