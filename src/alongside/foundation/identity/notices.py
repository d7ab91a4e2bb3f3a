"""The wording of identity's events."""

from django.utils.translation import gettext_lazy as _

from alongside.foundation.events import declare_event

declare_event("organisation.set_up", _("An organisation was set up"))
declare_event("organisation.changed", _("The organisation’s settings were changed"))
declare_event("role.granted", _("A role was given"))
declare_event("role.ended", _("A role was taken away"))
declare_event("membership.added", _("A person was added"))
declare_event("membership.invited", _("A person was invited"))
declare_event("membership.joined", _("A person joined"))
declare_event("membership.suspended", _("A person was suspended"))
declare_event("membership.restored", _("A person was let back in"))
declare_event("membership.left", _("A person left"))
declare_event("membership.returned", _("A person who had left by mistake came back"))
declare_event("account.changed", _("An account’s settings were changed"))
declare_event("account.address_asked", _("Another sign-in address was asked for"))
declare_event("account.address_confirmed", _("One of two mailboxes confirmed another sign-in address"))
declare_event("account.address_stopped", _("The change of a sign-in address was stopped"))
declare_event("account.address_changed", _("A sign-in address was changed"))
declare_event("second_step.asked", _("Who has to take a second step when signing in was changed"))
declare_event("second_step.reset", _("An administrator reset somebody’s second step"))
declare_event("account.second_step_ended", _("Whoever runs the installation reset a second step"))
declare_event("membership.code_printed", _("A letter with a code to sign in was printed"))
declare_event("membership.code_used", _("Somebody signed in with the code on their letter"))
declare_event("membership.contact_changed", _("Who tells somebody without e-mail that something waits was changed"))
declare_event("account.password_chosen", _("Somebody without e-mail chose a password"))
