"""What whoever installs Alongside may set, and what each is told who set something else."""

import os

import pytest

from alongside.config import env


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    for name in list(os.environ):
        if name.startswith("ALONGSIDE_") or name in {"DATABASE_URL", "DATABASE_URL_FILE", "PORT"}:
            monkeypatch.delenv(name)


@pytest.fixture
def refused(monkeypatch):
    """What the one line says when `name` is set to `value` and then read."""

    def look(name, value, read):
        monkeypatch.setenv(name, str(value))
        with pytest.raises(env.BadEnvironment) as error:
            read()
        return str(error.value)

    return look


@pytest.mark.parametrize(("word", "on"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("", False)])
def test_a_switch_is_on_or_off(monkeypatch, word, on):
    monkeypatch.setenv("ALONGSIDE_DEMO", word)
    assert env.flag("ALONGSIDE_DEMO") is on


def test_a_switch_with_another_word_is_refused_rather_than_taken_for_off(refused):
    said = refused("ALONGSIDE_DEMO", "please", lambda: env.flag("ALONGSIDE_DEMO"))
    assert said == "alongside: ALONGSIDE_DEMO is 1 (on) or 0 (off), not “please”."


@pytest.mark.parametrize(
    "address",
    [
        "mentoring.example.org",
        "ftp://mentoring.example.org",
        "https://mentoring.example.org/alongside",
        "https://[mentoring",
        "http://mentoring.example.org:eighty",
        "https://",
    ],
)
def test_an_address_that_people_could_not_use_is_refused(refused, address):
    said = refused("ALONGSIDE_URL", address, env.site)
    assert said.startswith("alongside: ALONGSIDE_URL is the address that people use")
    assert said.endswith(f"not “{address.rstrip('/')}”.")


def test_an_address_may_end_in_a_slash_and_be_written_in_capitals(monkeypatch):
    monkeypatch.setenv("ALONGSIDE_URL", "HTTPS://Mentoring.example.org/")
    assert (env.site().scheme, env.site().hostname) == ("https", "mentoring.example.org")


@pytest.mark.parametrize("number", ["one", "-1", "1.5", "²"])
def test_servers_in_front_are_counted_in_whole_numbers(refused, number):
    assert "ALONGSIDE_PROXIES is how many servers stand in front" in refused("ALONGSIDE_PROXIES", number, env.proxies)


@pytest.mark.parametrize("number", ["web", "0", "-4", "65536"])
def test_a_port_that_no_machine_has_is_refused(refused, number):
    said = refused("PORT", number, env.port)
    assert said == f"alongside: PORT is a whole number from 1 to 65535, not “{number}”."


@pytest.mark.parametrize(
    "address", ["nonsense", "mysql://a:geheim@b/c", "postgresql://a:ge/heim@db.example/x", "postgresql://a:geheim@db"]
)
def test_a_database_that_cannot_be_read_is_refused_without_its_password(refused, tmp_path, address):
    said = refused("DATABASE_URL", address, lambda: env.database("DATABASE_URL", tmp_path / "x"))
    assert said.startswith("alongside: DATABASE_URL cannot be read. It is postgresql://user:password@host:5432/name,")
    assert "heim" not in said


def test_a_database_in_a_folder_that_is_not_there_is_refused(refused, tmp_path):
    address = f"sqlite:///{tmp_path}/keys/keys.sqlite3"
    said = refused("ALONGSIDE_KEYS_URL", address, lambda: env.database("ALONGSIDE_KEYS_URL", tmp_path / "x"))
    assert said == (
        f"alongside: ALONGSIDE_KEYS_URL names the folder {tmp_path}/keys, which is not there. Make or mount it first."
    )


@pytest.mark.parametrize("address", ["sqlite:///keys.sqlite3", "sqlite://keys.sqlite3"])
def test_a_database_whose_path_is_not_whole_is_refused(refused, tmp_path, address):
    said = refused("ALONGSIDE_KEYS_URL", address, lambda: env.database("ALONGSIDE_KEYS_URL", tmp_path / "x"))
    assert "needs the whole path of the file, with four slashes" in said


def test_where_no_database_is_named_it_lies_in_the_data_directory(tmp_path):
    assert env.database("DATABASE_URL", tmp_path / "x.sqlite3") == f"sqlite:///{tmp_path}/x.sqlite3"


@pytest.mark.parametrize(
    "address", ["nonsense", "http://mail.example", "smtp://", "smtp+tls://me:ge/heim@mail.example:587"]
)
def test_a_mail_server_that_cannot_be_read_is_refused_without_its_password(refused, address):
    said = refused("ALONGSIDE_MAIL_URL", address, env.mail_url)
    assert said.startswith("alongside: ALONGSIDE_MAIL_URL cannot be read. It is smtp+tls://user:password@host:587,")
    assert "heim" not in said


@pytest.mark.parametrize(("scheme", "port"), [("smtp", 25), ("smtp+tls", 587), ("smtp+ssl", 465)])
def test_a_mail_server_without_a_port_has_that_of_its_kind(monkeypatch, scheme, port):
    monkeypatch.setenv("ALONGSIDE_MAIL_URL", f"{scheme}://me:pass@mail.example")
    assert env.mail_url() == f"{scheme}://me:pass@mail.example:{port}"


@pytest.mark.parametrize("sender", ["nobody in particular", "@example.org", "mentoring@"])
def test_a_sender_that_is_no_address_is_refused(refused, sender):
    said = refused("ALONGSIDE_MAIL_FROM", sender, lambda: env.mail_from("localhost"))
    assert said == f"alongside: ALONGSIDE_MAIL_FROM is an address, such as mentoring@example.org, not “{sender}”."


def test_a_sender_may_have_a_name(monkeypatch):
    monkeypatch.setenv("ALONGSIDE_MAIL_FROM", "Mentoring <mentoring@example.org>")
    assert env.mail_from("localhost") == "Mentoring <mentoring@example.org>"


def test_a_key_that_could_be_guessed_is_refused_and_not_quoted(refused, tmp_path):
    said = refused("ALONGSIDE_SECRET_KEY", "summer2026", lambda: env.secret_key(tmp_path))
    assert "ALONGSIDE_SECRET_KEY has fewer than 32 characters" in said
    assert "summer2026" not in said


def test_a_secret_is_read_from_its_file_without_the_line_end(monkeypatch, tmp_path):
    (tmp_path / "mail").write_text("smtp://mail.example:25\n")
    monkeypatch.setenv("ALONGSIDE_MAIL_URL_FILE", str(tmp_path / "mail"))
    assert env.mail_url() == "smtp://mail.example:25"


def test_a_secret_whose_file_is_missing_or_empty_is_refused(refused, tmp_path):
    (tmp_path / "empty").write_text("\n")
    name = "DATABASE_URL_FILE"
    read = lambda: env.text("DATABASE_URL")  # noqa: E731 -- said once
    assert refused(name, tmp_path / "gone", read).endswith("which cannot be read: No such file or directory.")
    assert refused(name, tmp_path / "empty", read).endswith("which is empty.")


def test_a_secret_that_is_set_twice_is_refused(monkeypatch, refused, tmp_path):
    monkeypatch.setenv("DATABASE_URL_FILE", str(tmp_path / "url"))
    said = refused("DATABASE_URL", "postgresql://db/x", lambda: env.text("DATABASE_URL"))
    assert said == "alongside: DATABASE_URL and DATABASE_URL_FILE are both set. Keep one of them."


def test_a_list_is_read_without_what_stands_between_two_commas(monkeypatch):
    monkeypatch.setenv("ALONGSIDE_ALLOWED_HOSTS", " a.example, ,b.example,")
    assert env.listed("ALONGSIDE_ALLOWED_HOSTS") == ["a.example", "b.example"]
