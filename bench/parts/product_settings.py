"""The product as it is served, and one address more."""

from alongside.config.settings import *  # noqa: F403

ROOT_URLCONF = "parts.product_urls"
