"""Pages of lists that may be of any length."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.formats import number_format
from django.utils.functional import cached_property

MOST = 10_000


def grouped(number: int) -> str:
    """A number as people write it: 10,000."""
    return number_format(number, force_grouping=True)


class LongPaginator(Paginator[Any]):
    """Counts and pages a QuerySet as far as `most` rows, so that a list costs no more however long it grows."""

    most = MOST

    @cached_property
    def count(self) -> int:  # type: ignore[override]  # as Django's own: a property that is kept
        """How many rows are paged: all, or `most`."""
        return min(self._counted, self.most)

    @property
    def is_longer(self) -> bool:
        """Does the list go on behind the last page?"""
        return self._counted > self.most

    @property
    def most_words(self) -> str:
        """`most`, as people write it."""
        return grouped(self.most)

    @cached_property
    def _counted(self) -> int:
        found: Any = self.object_list
        return int(found.order_by().values("pk")[: self.most + 1].count())
