"""Accounts, organisations, memberships, roles and actors: who is acting, and for whom."""
