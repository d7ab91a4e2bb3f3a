"""The wording of what happens to people's profiles and to rosters."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import declare_event
from alongside.foundation.notifications import Place, Urgency, declare_kind, declare_letter

declare_event("people.exported", _("The list of people was downloaded"))
declare_event("profile.changed", _("A profile was changed"))
declare_event("person.added", _("A person was added by hand"))
declare_event("people.letters_printed", _("Letters with codes to sign in were printed"))
declare_event("people.invited", _("People were invited"))
declare_event("roster.begun", _("A roster was handed in"))
declare_event("roster.columns_chosen", _("The columns of a roster were looked through"))
declare_event("roster.answered", _("A question about a roster was answered"))
declare_event("roster.taken_in", _("A roster was taken in"))
declare_event("roster.undone", _("A roster was taken back"))
declare_event("roster.everybody", _("Somebody said whether a roster holds everybody"))
declare_event("roster.leavers_chosen", _("People who are not in a roster were let go"))
declare_event("roster.others_stay", _("Nobody else who is not in a roster leaves"))
declare_event("roster.discarded", _("A roster was discarded"))
declare_event("roster.rows_deleted", _("The rows of an old roster were deleted"))
declare_event("manager.changed", _("A line manager was changed"))
declare_event("pause.changed", _("A mentor said how many mentees they take, or that they pause"))
declare_event("needs.changed", _("Preferences and needs were changed, or whom they are shared with"))
declare_event("skill.accepted", _("Words for skills were accepted"))
declare_event("skill.retired", _("A word for a skill was retired"))
declare_event("skill.renamed", _("A skill was given another name"))
declare_event("skill.merged", _("Two words for a skill were merged"))
declare_event("skill.merge_undone", _("Two merged words for a skill were parted again"))
declare_event("skill.word_added", _("Another word for a skill was added"))
declare_event("skill.word_removed", _("Another word for a skill was removed"))
declare_event("skill.tidied", _("Words for skills that nobody holds were forgotten"))
declare_event("own_field.added", _("A roster brought a new field of the organisation’s own"))
declare_event("own_field.choices_added", _("A roster brought new choices of a field of the organisation’s own"))
declare_event("own_field.renamed", _("A field of the organisation’s own was renamed"))
declare_event("own_field.removed", _("A field of the organisation’s own was removed, with what it said of everybody"))
declare_kind(
    "membership.invitation",
    _("Invitations to join"),
    required=True,
    open_to_administrators=True,
    urgency=Urgency.AT_ONCE,
)
declare_letter(
    "membership.invitation",
    when=_("When somebody is invited to join"),
    whom=_("Whoever is invited"),
    subject=_("{organisation} invites you to its mentoring programme"),
    lines=[
        _("Dear {name},"),
        _("{who} invites you to take part in mentoring at {organisation}."),
        "{more}",
        _("Setting up your account takes less than a minute. The link works once, for 14 days."),
        _("What {organisation} holds about you, where it has it from and who can read it: {notice}"),
        _("If you did not expect this, you can leave it: nothing happens unless you follow the link."),
    ],
    button=_("Join"),
    places=[
        Place("name", _("whoever is invited, by first name"), "Ben"),
        Place("who", _("whoever invites, by name"), "Carys Llewellyn", needed=True),
        Place("organisation", _("your organisation’s name"), "Northgate Health"),
        Place("more", _("whom they are paired with already, where that is so"), (), needed=True, block=True),
        Place(
            "notice",
            _("the address of your privacy notice, which the law wants before somebody joins"),
            "https://…/privacy-notice/",
            needed=True,
        ),
    ],
    of_programme=False,
)
