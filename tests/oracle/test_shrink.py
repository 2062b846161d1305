"""What is left of an example is what it takes to fail."""

from tests.oracle.shrink import fewest


def test_what_does_not_matter_is_left_out_in_few_tries() -> None:
    tried: list[int] = []

    def is_wrong(left: list[int]) -> bool:
        tried.append(len(left))
        return {3, 700} <= set(left)

    assert fewest(range(1000), is_wrong) == [3, 700]
    assert len(tried) < 60


def test_a_part_without_which_nothing_can_be_reckoned_stays() -> None:
    def is_wrong(left: list[int]) -> bool:
        return left.index(5) >= 0 and 9 in left

    assert fewest(range(100), is_wrong) == [5, 9]


def test_after_so_many_tries_what_is_left_is_shown() -> None:
    left = fewest(range(1000), lambda left: 700 in left, tries=3)
    assert 700 in left
    assert 100 < len(left) < 600
