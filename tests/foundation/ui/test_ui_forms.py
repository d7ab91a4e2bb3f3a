"""Forms: plain sentences, clean text, and who can read a field."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import formset_factory
from django.template import engines
from django.test import RequestFactory

from alongside.foundation.ui.components.fields import errors_of
from alongside.foundation.ui.forms import FilterForm, Form
from tests.visits import squeezed

CONTROL = "There is a character here that cannot be shown ({}). Delete it, or type the words again."


class Note(Form):
    readers = {"text": (2, "You and Amara can read this")}
    title = forms.CharField(label="Title", max_length=20, help_text="A few words.")
    text = forms.CharField(label="Text", widget=forms.Textarea, required=False, max_length=40)
    day = forms.DateField(label="Day", required=False)
    how = forms.ChoiceField(label="How", choices=[("a", "Video"), ("b", "Phone")], widget=forms.RadioSelect)


class Upload(Form):
    roster = forms.FileField(label="Roster")


def rendered(source: str, **context):
    return squeezed(engines["django"].from_string(source).render(context, RequestFactory().get("/")))


def filled(**more):
    return Note({"title": "Budget", "how": "a", **more})


def test_sound_answers_are_taken_and_stripped():
    form = filled(title="  Budget ", text="One\r\ntwo\tthree\r\n", day="2026-12-03")
    assert form.is_valid()
    assert form.cleaned_data["title"] == "Budget"
    assert form.cleaned_data["text"] == "One\ntwo\tthree"


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"title": ""}, "title", "Fill this in."),
        ({"title": "x" * 21}, "title", "Keep this to 20 characters. It has 21."),
        ({"title": "a\x00b"}, "title", CONTROL.format("U+0000")),
        ({"title": "a\nb"}, "title", CONTROL.format("U+000A")),
        ({"text": "a\x1bb"}, "text", CONTROL.format("U+001B")),
        ({"text": "a\ud800b"}, "text", CONTROL.format("U+D800")),
        ({"day": "soon"}, "day", "Enter a whole date: day, month and year."),
        ({"how": ""}, "how", "Choose one."),
        ({"how": "c"}, "how", "Choose one from the list."),
    ],
)  # fmt: skip
def test_an_error_is_one_plain_sentence(wrong, field, sentence):
    form = filled(**wrong)
    assert form.errors == {field: [sentence]}


def test_a_form_keeps_its_own_sentence():
    class Own(Form):
        name = forms.CharField(error_messages={"required": "Who is it?"})

    assert Own({}).errors == {"name": ["Who is it?"]}


def test_a_line_break_counts_as_one_character_as_it_does_in_the_browser():
    assert filled(text="x\r\n" * 20).is_valid()


def test_the_control_names_its_hint_its_readers_and_its_error():
    shown = rendered('{% ui "field" field=form.title / %}', form=filled(title=""))
    assert 'aria-describedby="id_title_helptext id_title_error"' in shown
    assert 'aria-invalid="true"' in shown
    shown = rendered('{% ui "field" field=form.text / %}', form=Note())
    assert 'aria-describedby="id_text_readers"' in shown
    assert 'id="id_text_readers"' in shown
    assert "You and Amara can read this" in shown
    assert 'class="control"' in shown


def test_readers_given_to_the_field_win_over_those_of_the_form():
    form = Note()
    form.fields["text"].readers = (1, "Only you can read this")
    shown = rendered('{% ui "field" field=form.text / %}', form=form)
    assert "Only you can read this" in shown
    assert "Amara" not in shown


def test_a_date_has_the_picker_and_its_value_in_its_form():
    form = filled(day="2026-12-03")
    assert 'type="date"' in str(form["day"])
    assert 'value="2026-12-03"' in str(form["day"])


def test_choices_are_a_fieldset_with_a_legend():
    shown = rendered('{% ui "field" field=form.how / %}', form=Note())
    assert "<legend>How</legend>" in shown
    assert shown.count('type="radio"') == 2


def test_only_what_may_be_left_out_is_marked():
    assert "(optional)" in rendered('{% ui "field" field=form.text / %}', form=Note())
    assert "(optional)" not in rendered('{% ui "field" field=form.title / %}', form=Note())


def test_the_summary_links_each_error_to_its_field():
    shown = rendered('{% ui "form" form=form submit="Save" / %}', form=filled(title="", how=""))
    assert '<a href="#id_title">Title: Fill this in.</a>' in shown
    assert '<a href="#id_how_0">How: Choose one.</a>' in shown
    assert 'id="id_how_0"' in shown
    assert shown.count("Fill this in.") == 2


def test_a_new_form_has_no_summary():
    assert "error-summary" not in rendered('{% ui "form" form=form submit="Save" / %}', form=Note())


def test_errors_of_several_forms_are_summed_up():
    counts = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}
    answers = {"form-0-how": "a", "form-0-title": "One", "form-1-how": "a", "form-1-title": ""}
    formset = formset_factory(Note, extra=0)(counts | answers)
    assert [(error["id"], error["words"]) for error in errors_of(formset)] == [("id_form-1-title", "Fill this in.")]
    assert len(errors_of([filled(title=""), filled(how="")])) == 2


def test_a_form_with_a_file_is_sent_whole():
    shown = rendered('{% ui "form" form=form submit="Send" / %}', form=Upload())
    assert 'enctype="multipart/form-data"' in shown
    assert "novalidate" in shown
    assert Upload({}, {}).errors == {"roster": ["Choose a file."]}
    assert Upload({}, {"roster": SimpleUploadedFile("a.csv", b"")}).errors == {
        "roster": ["This file is empty. Choose another."]
    }


def test_a_form_by_itself_is_in_our_look():
    shown = rendered("{{ form }}", form=filled(title=""))
    assert 'class="error-summary"' in shown
    assert 'class="field has-error"' in shown


def test_filters_require_nothing_and_a_bad_one_filters_nothing():
    class People(FilterForm):
        q = forms.CharField()
        part = forms.ChoiceField(choices=[("", "All"), ("mentor", "Mentors")])

    assert People({"q": "ben", "part": "king"}).chosen() == {"q": "ben"}
    assert People({"part": "mentor"}).chosen() == {"part": "mentor"}
    assert People({}).chosen() == {}


def test_filters_keep_the_sorting_and_offer_to_clear():
    class People(FilterForm):
        q = forms.CharField(label="Name")

    request = RequestFactory().get("/people/?q=ben&sort=-name&page=2&other=1")
    source = '{% ui "filters" label="People" form=form / %}'
    shown = engines["django"].from_string(source).render({"form": People(request.GET)}, request)
    assert '<input type="hidden" name="sort" value="-name">' in shown
    assert 'name="page"' not in shown
    assert 'href="?sort=-name&amp;other=1"' in shown
