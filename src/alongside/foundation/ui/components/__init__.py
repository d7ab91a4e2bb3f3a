"""All components. Importing this package fills the registry, in the order of the gallery."""

from alongside.foundation.ui.components import frame, steps, parts, choosing, fields, tables, pictures, deeds  # noqa: F401, I001
