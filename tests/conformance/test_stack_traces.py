"""A place in a program is found in what servers of several languages answer when they fail, and nowhere else."""

import pytest

from steps.disclosures import place_in_program


@pytest.mark.parametrize(
    "text",
    [
        'Traceback (most recent call last):\n  File "/app/main.py", line 9, in me',
        'File <cite class="filename">"/app/main.py"</cite>,\nline <em class="line">12</em>'.replace("\n", " "),
        "<pre>Error: no<br> &nbsp; &nbsp;at me (file:///app/server.mjs:9:14)</pre>",
        "    at Object.&lt;anonymous&gt; (/app/dist/me.ts:3:7)",
        "\tat com.example.Api.me(Api.java:31)",
        "   at Api.Me.Get() in /src/Me.cs:line 27",
        "app/controllers/me_controller.rb:12:in `show'",
        "goroutine 7 [running]:\nmain.me(0x0)\n\t/app/main.go:31 +0x1d",
        "<b>Fatal error</b>: Uncaught Error in <b>/srv/me.php</b> on line <b>8</b>",
        "panicked at src/me.rs:14:9",
        "Died at /srv/me.pl line 8.",
    ],
)
def test_a_stack_trace_is_found(text: str) -> None:
    assert place_in_program(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Internal Server Error",
        '{"type":"https://api.example/answers/internal_error/","status":500,"trace_id":"bbd0f970b92a18fe6341df5ef8440a75"}',
        '{"detail":"Something failed at 12:31, see status.example.com:443"}',
        '{"error":"internal","at":"2026-01-01T00:00:00.123Z","host":"api.example.rs:443"}',
        "is https://status.example.py:8443/ up?",
        "See https://docs.example.com/errors.html#500 or main.py",
    ],
)
def test_what_names_no_line_of_a_program_is_none(text: str) -> None:
    assert place_in_program(text) is None
