"""The page of denials says what the server says today.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
"""

from __future__ import annotations

from explanations import CAUSES, PAGE, page

# The least number of causes for which the page shows a server's own answer.
CAUSES_MIN = 10


def test_the_page_is_what_the_server_answers(tmp_path):
    assert len(CAUSES) >= CAUSES_MIN
    made, kept = page(tmp_path), PAGE.read_text()
    assert made == kept, f"{PAGE} is not what the server says; `python conformance/clients/explanations.py` writes it"
