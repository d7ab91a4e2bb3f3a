"""Whatever people can write in words holds a sentence that stands nowhere else, so that a leak would show."""

import pytest
from django.apps import apps
from django.db import models

from alongside.foundation import vault

LONG = 120
pytestmark = pytest.mark.parametrize("told_once", ["completed"], indirect=True)
# Fields that hold no planted sentence, and why not.
WITHOUT = {
    "contracts.Signature.intent": "the sentence under which one signs, from the clauses",
    "identity.Account.password": "a hash",
    "identity.Membership.name": "people’s names, on every page",
    "identity.Organisation.name": "the organisation’s name, on every page",
    "jobs.Job.error": "our own words",
    "jobs.Job.key": "our own words",
    "jobs.Job.words": "our own words",
    "matching.LookAgain.words": "the demo publishes no matching, so nobody asks that a person looks again",
    "matching.Run.fault": "our own words",
    "notifications.KeptMail.body": "our own words, and nobody in the demo joined without e-mail",
    "notifications.KeptMail.dedupe": "our own words",
    "notifications.KeptMail.subject": "our own words; mails never hold what people wrote",
    "notifications.Mail.dedupe": "our own words",
    "notifications.Mail.subject": "our own words; mails never hold what people wrote",
    "notifications.Mail.unsubscribe": "a link",
    "organisations.Provider.client_id": "no organisation of the demo has a sign-in of its own",
    "organisations.Provider.client_secret": "no organisation of the demo has a sign-in of its own",
    "organisations.Provider.issuer": "no organisation of the demo has a sign-in of its own",
    "organisations.ProviderLink.issuer": "no organisation of the demo has a sign-in of its own",
    "organisations.ProviderLink.subject": "no organisation of the demo has a sign-in of its own",
    "people.NeedsPart.chosen": "codes of what is ticked; own words stand beside them",
    "people.OwnChoice.folded": "no staff list of the demo is taken in, so there is no field of the organisation’s own",
    "people.OwnField.folded": "no staff list of the demo is taken in, so there is no field of the organisation’s own",
    "people.OwnField.heading": "no staff list of the demo is taken in, so there is no field of the organisation’s own",
    "people.Profile.department": "a word of the organisation’s, many people’s at once",
    "people.Profile.job_title": "a word of the organisation’s; planted in a roster on its way in",
    "people.RosterImport.fault": "our own words",
    "people.RosterImport.sheet": "a CSV has no sheets",
    "people.RosterRow.name": "people’s names",
    "people.Skill.folded": "a word of the organisation’s vocabulary",
    "programmes.Programme.name": "the programme’s name, on many pages",
    "readiness.EthicsCode.link": "a link",
    "readiness.Module.link": "a link",
    "records.Hold.reason": "nobody in the demo is under a hold",
    "relationships.OwnTick.duty": "the words of guidance",
    "relationships.Tick.duty": "the words of guidance",
    "relationships.PairsImport.fault": "our own words",
    "relationships.PairsImport.sheet": "a CSV has no sheets",
    "reviews.ReviewAnswer.ratings": "numbers",
}


def written() -> list[models.Field]:
    """Every field in which words can stand: sealed, long, or a document."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("alongside.")]
    return [field for model in ours for field in model._meta.concrete_fields if _holds_words(field)]


def _holds_words(field: models.Field) -> bool:
    if isinstance(field, models.EmailField) or field.choices:
        return False
    long = isinstance(field, models.CharField) and (field.max_length or 0) >= LONG
    return isinstance(field, vault.SealedField | models.TextField) or long


def name_of(field: models.Field) -> str:
    """As people.Profile.headline."""
    return f"{field.model._meta.app_label}.{field.model.__name__}.{field.name}"


def values(field: models.Field) -> list[str]:
    """Everything that stands in a field, unsealed."""
    rows = field.model._default_manager.all()
    if not isinstance(field, vault.SealedField):
        return [str(value) for value in rows.values_list(field.name, flat=True)]
    sealed = [(getattr(row, field.name), vault.place(row, field.name)) for row in rows if getattr(row, field.name)]
    return [words for words in vault.unseal(sealed) if words]


def test_each_field_that_people_write_in_holds_a_planted_sentence(told):
    texts = [planted["text"] for planted in told.planted]
    without = {name_of(field) for field in written() if not _is_planted(values(field), texts)}
    assert without == WITHOUT.keys()


def _is_planted(held: list[str], texts: list[str]) -> bool:
    return any(text in value for value in held for text in texts)


def test_planted_sentences_stand_apart(told):
    """None is part of another, so that each find says which record leaked."""
    texts = [planted["text"] for planted in told.planted]
    assert [(one, other) for one in texts for other in texts if one != other and one in other] == []


def test_no_mail_holds_a_planted_sentence_but_letters_to_whoever_applied_or_was_asked(told):
    mail = apps.get_model("notifications", "Mail")
    words = " ".join(f"{held.subject} {held.body} {held.html}" for held in mail.objects.all())
    assert words.strip()
    found = [planted["what"] for planted in told.planted if planted["text"] in words]
    asked = [f"what {who} was asked with" for who in ("viktor", "aisha", "lena")]
    assert found == ["a letter to yusuf", "a letter to hana", *asked]  # written to be mailed


def test_nothing_sealed_stands_open_elsewhere(told):
    """What is sealed is in no other table in the clear: neither in the log, nor in jobs, nor in the search."""
    sealed = {
        planted["text"]
        for field in written()
        if isinstance(field, vault.SealedField)
        for value in values(field)
        for planted in told.planted
        if planted["text"] in value
    }
    assert len(sealed) > 30
    found = []
    for model in apps.get_models():
        names = [field.name for field in model._meta.concrete_fields if not isinstance(field, models.BinaryField)]
        for row in model._default_manager.values_list(*names):
            found += [(model.__name__, text) for text in sealed if any(text in str(value) for value in row)]
    assert found == []
