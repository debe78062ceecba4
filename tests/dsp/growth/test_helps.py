# SPDX-License-Identifier: MIT
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Zone
from dsp.growth.helps import NOTHING, Help, Outside, what_helps

_TIMES = st.builds(
    Outside,
    st.sampled_from([Zone.ABOVE, Zone.BELOW]),
    st.floats(0.0, 900.0),
    st.booleans(),
    st.sampled_from([NOTHING, "longer_exhale", "look_round"]),
)


def test_each_offer_stands_beside_doing_nothing_the_quickest_first() -> None:
    times = [
        Outside(Zone.ABOVE, 300.0, True),
        Outside(Zone.ABOVE, 500.0, False),
        Outside(Zone.ABOVE, 100.0, True, "longer_exhale"),
        Outside(Zone.ABOVE, 140.0, True, "longer_exhale"),
        Outside(Zone.ABOVE, 60.0, False, "look_round"),
        Outside(Zone.BELOW, 20.0, True, "look_round"),
    ]
    assert what_helps(times, Zone.ABOVE) == (
        Help("longer_exhale", 2, 2, 100.0),
        Help(NOTHING, 2, 1, 300.0),
        Help("look_round", 1, 0, None),
    )


@given(st.lists(_TIMES, max_size=30).flatmap(lambda times: st.tuples(st.just(times), st.permutations(times))))
def test_each_time_counts_once_in_any_order(times: tuple[list[Outside], list[Outside]]) -> None:
    told = what_helps(times[0], Zone.ABOVE)
    assert told == what_helps(times[1], Zone.ABOVE)
    assert sum(help_.count for help_ in told) == sum(time.zone is Zone.ABOVE for time in times[0])
