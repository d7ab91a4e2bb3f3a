"""What the fields of a row are called where a change or a fault is told."""

from alongside.people.terms import Meaning

FIELDS = {
    **{str(meaning): meaning.label for meaning in Meaning},
    "manager": Meaning.MANAGER_ADDRESS.label,
    "roster_role": Meaning.ROLE.label,
    "roster_capacity": Meaning.CAPACITY.label,
}
