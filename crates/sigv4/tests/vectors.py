#!/usr/bin/env python3
"""Writes vectors.json from the AWS signing test suite.

The suite is published in the crate `aws-sigv4` (Apache-2.0):

    cargo fetch        # in any package that depends on aws-sigv4
    python3 vectors.py ~/.cargo/registry/src/*/aws-sigv4-*/aws-signing-test-suite/v4 > vectors.json
"""

import json
import pathlib
import sys


def head_and_body(text):
    """Splits a request file; a line that begins with a space continues the header before it."""
    head, _, body = text.partition("\n\n")
    lines = []
    for line in head.rstrip("\n").split("\n"):
        if line.startswith((" ", "\t")) and lines:
            lines[-1] += "\n" + line
        else:
            lines.append(line)
    return lines, body


def request(text):
    lines, body = head_and_body(text)
    method, _, rest = lines[0].partition(" ")
    target = rest.removesuffix(" HTTP/1.1")
    path, _, query = target.partition("?")
    headers = [list(line.partition(":")[::2]) for line in lines[1:]]
    return {"method": method, "path": path, "query": query, "headers": headers, "body": body}


def form(case, name):
    """One of the two forms, header or query; a few cases have only the first."""
    signed = case / f"{name}-signed-request.txt"
    if not signed.exists():
        return None
    return {
        "canonical_request": (case / f"{name}-canonical-request.txt").read_text(),
        "string_to_sign": (case / f"{name}-string-to-sign.txt").read_text(),
        "signed": request(signed.read_text()),
    }


def vector(case):
    context = json.loads((case / "context.json").read_text())
    credentials = context["credentials"]
    return {
        "name": case.name,
        "access_key_id": credentials["access_key_id"],
        "secret_access_key": credentials["secret_access_key"],
        "session_token": credentials.get("token"),
        "token_is_signed": not context.get("omit_session_token", False),
        "region": context["region"],
        "service": context["service"],
        "timestamp": context["timestamp"],
        "seconds": context["expiration_in_seconds"],
        "path_is_normalized": context["normalize"],
        "hash_is_sent": context["sign_body"],
        "request": request((case / "request.txt").read_text()),
        "header": form(case, "header"),
        "query": form(case, "query"),
    }


def main():
    suite = pathlib.Path(sys.argv[1])
    cases = sorted(path for path in suite.iterdir() if (path / "context.json").exists())
    json.dump([vector(case) for case in cases], sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


main()
