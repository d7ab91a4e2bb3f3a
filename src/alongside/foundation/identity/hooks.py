"""Secrets of second factors are sealed too, in allauth's table."""

from alongside.foundation import vault
from alongside.foundation.identity import actions

vault.sealed_elsewhere(actions.reseal_second_factors)
