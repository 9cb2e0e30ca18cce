#!/usr/bin/env python3
"""Checks the test vectors beside it with Python's standard library alone: `python3 check.py`.

It is also an example of a reader: `decode` opens a link, `canonical` is RFC 8785, `written` is what a bundle leaves out, and `digest` is
the digest of a policy. It does not judge whether a bundle is valid: the JSON Schema beside this folder does most of that.
"""

import base64
import hashlib
import json
import pathlib
import re
import sys
import zlib

LIMIT = 4 * 1024 * 1024


class Refused(Exception):
    """A link that is not opened; the message is the code."""


def decode(link):
    """The bytes that a link holds: three lines, and the checks that must not be left out."""
    match = re.fullmatch(r"#1\.([A-Za-z0-9_-]+)\.([0-9a-f]{12})", link, re.ASCII)
    if match is None:
        raise Refused("damaged")
    payload, check = match.groups()
    try:
        inflater = zlib.decompressobj(-15)
        packed = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
        if base64.urlsafe_b64encode(packed).rstrip(b"=").decode("ascii") != payload:
            raise Refused("damaged")
        data = inflater.decompress(packed, LIMIT + 1)
    except (zlib.error, ValueError):
        raise Refused("damaged") from None
    if len(data) > LIMIT:
        raise Refused("too-large")
    if not inflater.eof or inflater.unused_data or hashlib.sha256(data).hexdigest()[:12] != check:
        raise Refused("damaged")
    return data


def parse(text):
    """JSON as a bundle is read: all numbers are doubles, a key may stand once, and there are no lone surrogates."""

    def members(pairs):
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError("duplicate key")
        return found

    def constant(name):
        raise ValueError(name)

    value = json.loads(
        text.removeprefix("\ufeff"), object_pairs_hook=members, parse_int=float, parse_constant=constant
    )
    canonical(value).encode("utf-8")
    return value


def number(value):
    """A double as ECMAScript writes it (RFC 8785, section 3.2.2.3)."""
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError("not a number of JSON")
    if value == 0:
        return "0"
    if value < 0:
        return "-" + number(-value)
    mantissa, _, exponent = repr(value).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    count = len(digits)
    if count <= point <= 21:
        return digits + "0" * (point - count)
    if 0 < point <= 21:
        return digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    tail = "." + digits[1:] if count > 1 else ""
    return digits[0] + tail + "e" + ("+" if point > 0 else "-") + str(abs(point - 1))


def canonical(value):
    """RFC 8785: no white space, members sorted by the UTF-16 units of their keys, one spelling of every string and number."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, (int, float)):
        return number(float(value))
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
    return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"


DEFAULTS = {"description": "", "status": "active", "condition": None}
FACETS = ("resources", "agents", "instances", "users", "groups")


def written(bundle):
    """A bundle without what is left out when it is written: only in rules and settings."""
    result = dict(bundle)
    settings = {k: v for k, v in bundle.get("settings", {}).items() if (k, v) != ("gatedWhenFalse", "continue")}
    result.pop("settings", None)
    if settings:
        result["settings"] = settings
    result["rules"] = []
    for rule in bundle["rules"]:
        kept = {k: v for k, v in rule.items() if not (k in DEFAULTS and v == DEFAULTS[k])}
        scope = {k: v for k, v in rule.get("scope", {}).items() if not (k in FACETS and v == [])}
        kept.pop("scope", None)
        if scope:
            kept["scope"] = scope
        result["rules"].append(kept)
    return result


def digest(bundle):
    """SHA-256 of the canonical form of four members of what is written."""
    policy = {k: v for k, v in written(bundle).items() if k in ("format", "version", "settings", "rules")}
    return hashlib.sha256(canonical(policy).encode("utf-8")).hexdigest()


def main():
    here = pathlib.Path(__file__).resolve().parent
    faults = []
    checks = 0

    def check(holds, what):
        nonlocal checks
        checks += 1
        if not holds:
            faults.append(what)

    def read(name):
        return json.loads((here / name).read_text(encoding="utf-8"))

    for vector in read("bundles.json"):
        name = vector["name"]
        bundle = parse(vector["source"])
        check(canonical(written(bundle)) == vector["canonical"], f"{name}: canonical form")
        check(canonical(parse(vector["canonical"])) == vector["canonical"], f"{name}: canonical form of the canonical form")
        check(digest(bundle) == vector["digest"], f"{name}: digest")
        check(decode(vector["link"]).decode("utf-8") == vector["canonical"], f"{name}: link")

    for vector in read("damaged-links.json"):
        name, code = vector["name"], vector["code"]
        try:
            data = decode(vector["text"])
        except Refused as refused:
            # Telling a link that was cut short, or is of a newer version, from a damaged one is a courtesy.
            certain = ("too-large",)
            check(code not in ("invalid-bundle",) and (str(refused) == code or code not in certain), f"{name}: refused as {refused}")
            continue
        check(code == "invalid-bundle" or vector.get("problems") == ["newer-version"], f"{name}: opens")
        if vector["problems"][0] in ("json-syntax", "duplicate-key", "lone-surrogate", "not-utf-8", "number-range"):
            try:
                parse(data.decode("utf-8"))
                check(False, f"{name}: is read")
            except ValueError:
                check(True, name)

    for vector in read("repairable-links.json"):
        squeezed = re.sub(r"[\s\u200b]", "", vector["text"]).replace("%23", "#")
        check(vector["link"][1:] in squeezed, f"{vector['name']}: is not in its text")

    for fault in faults:
        print(f"FAILED {fault}")
    print(f"{checks - len(faults)} checks passed, {len(faults)} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
