"""What each field holds of people, why, on which basis and for how long: declared where the field is born.

A field that is in no declaration fails a test. The register of processing, exports, erasure and retention
are derived from these declarations.
"""

from alongside.foundation.privacy.registry import Declaration, declaration_of, declarations, declare

__all__ = ["Declaration", "declaration_of", "declarations", "declare"]
