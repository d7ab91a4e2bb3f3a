"""Pages of readiness: one's `own`, the `code` of ethics, and a `programme`'s for its coordinators."""
