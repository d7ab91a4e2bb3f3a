"""What each field holds of people, why, on which basis and for how long: declared where the field is born.

A field that is in no declaration fails a test. The register of processing, exports, erasure and retention
are derived from these declarations. What a declaration cannot say, a package does in `at_erasure`.
"""

from alongside.foundation.privacy.copies import copies_out_of_reach, out_of_reach
from alongside.foundation.privacy.names import Names
from alongside.foundation.privacy.people import Counts, Person, at_erasure, before_removal
from alongside.foundation.privacy.registry import Declaration, declaration_of, declarations, declare

__all__ = [
    "Counts",
    "Declaration",
    "Names",
    "Person",
    "at_erasure",
    "before_removal",
    "copies_out_of_reach",
    "declaration_of",
    "declarations",
    "declare",
    "out_of_reach",
]
