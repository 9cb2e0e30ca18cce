#!/usr/bin/env python3
"""Imports a policy bundle from a file or a link, with Python 3.9 or later and its standard library alone.

    python3 import.py POLICY.policy.json        python3 import.py 'https://…/#1.…'

It prints the policy's digest, and its rules with everything said; whatever is not certainly right is refused.
"""

import base64
import hashlib
import json
import math
import re
import sys
import zlib

LIMIT = 4 * 1024 * 1024
MOST_ALTERNATIVES = 1000
FACETS = ("resources", "agents", "instances", "users", "groups")
# What a bundle may hold beside its policy, each of one kind.
MEMBERS = {
    **dict.fromkeys(("description", "notes", "focus"), (str, "a text")),
    **dict.fromkeys(("catalog", "readings", "exercise", "case"), (dict, "an object")),
    **dict.fromkeys(("tests", "trace", "invariants", "dismissed"), (list, "a list")),
}


class Refused(ValueError):
    """Something that is not imported; the message says why."""


def decode_link(link):
    """The bytes that a link holds."""
    match = re.search(r"#1\.([A-Za-z0-9_-]+)\.([0-9a-f]{12})\Z", link.strip(), re.ASCII)
    if match is None or link.count("#1.") > 1:
        raise Refused("this is not one whole link")
    payload, check = match.groups()
    try:
        inflater = zlib.decompressobj(-15)
        packed = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
        # Bits left over at the end must be zero: one text for one sequence of bytes.
        if base64.urlsafe_b64encode(packed).rstrip(b"=").decode("ascii") != payload:
            raise Refused("this link is damaged: its base64url does not end as it should")
        data = inflater.decompress(packed, LIMIT + 1)
    except Refused:
        raise
    except (zlib.error, ValueError) as error:
        raise Refused(f"this link is damaged: {error}") from None
    if len(data) > LIMIT:
        raise Refused("what the link holds is larger than 4 MiB")
    if not inflater.eof or inflater.unused_data or hashlib.sha256(data).hexdigest()[:12] != check:
        raise Refused("this link is damaged")
    return data


def read_bundle(data, from_link=False):
    """Reads a bundle, strictly where it protects; raises at the first thing that is wrong."""
    if len(data) > LIMIT:
        raise Refused("the bundle is larger than 4 MiB")

    def members(pairs):
        found = dict(pairs)
        if len(found) != len(pairs):
            raise Refused("a key stands twice")
        return found

    def constant(name):
        raise Refused(f"{name} is no number in JSON")

    try:
        # All numbers are doubles, in every language.
        text = data.decode("utf-8").removeprefix("\ufeff")
        bundle = json.loads(text, object_pairs_hook=members, parse_int=float, parse_constant=constant)
        check_depth(bundle)
        canonical(bundle).encode("utf-8")
    except (UnicodeError, json.JSONDecodeError, RecursionError) as error:
        raise Refused(f"this is not JSON as a bundle has it: {error}") from None
    if not isinstance(bundle, dict) or bundle.get("format") != "policy-bundle":
        raise Refused("this is not a policy bundle")
    version = bundle.get("version")
    if isinstance(version, bool) or version != 1:  # in Python, True equals 1
        raise Refused(f"version {json.dumps(version)[:40]} cannot be read here")
    if not isinstance(bundle.get("name"), str):
        raise Refused("the bundle has no name")
    settings, rules = bundle.get("settings", {}), bundle.get("rules")
    known_fields(settings, ("gatedWhenFalse",), "settings")
    if settings.get("gatedWhenFalse", "continue") not in ("continue", "deny"):
        raise Refused("settings: gatedWhenFalse")
    if not isinstance(rules, list) or len(rules) > 5000:
        raise Refused("rules must be a list of at most 5,000")
    for member, (kind, what) in MEMBERS.items():
        if not isinstance(bundle.get(member, kind()), kind):
            raise Refused(f"{member} must be {what}")
    if bundle.get("focus") == "":
        raise Refused("focus must be the id of a call")
    invariants = bundle.get("invariants", [])
    if len(invariants) > 200 or any(isinstance(one, str) and len(one) > 1000 for one in invariants):
        raise Refused("a policy has at most 200 invariants of 1,000 characters")
    if from_link and len(bundle.get("trace", [])) > 2000:
        raise Refused("a link carries at most 2,000 calls")
    for index, rule in enumerate(rules):
        check_rule(rule, f"rule {index + 1}")
    if len({rule["id"] for rule in rules}) < len(rules):
        raise Refused("two rules have one id")
    return bundle


def check_depth(value):
    """At most 128 levels of lists and objects; without recursion, so that no depth of a document can end it."""
    level, depth = [value], 0
    while level := [one for one in level if isinstance(one, (dict, list))]:
        depth += 1
        if depth > 128:
            raise Refused("the bundle nests deeper than 128 levels")
        level = [item for one in level for item in (one.values() if isinstance(one, dict) else one)]


def check_rule(rule, where):
    known_fields(rule, ("id", "name", "description", "effect", "status", "scope", "tools", "condition"), where)
    if not isinstance(rule.get("id"), str) or rule["id"] == "":
        raise Refused(f"{where}: id")
    if not isinstance(rule.get("name"), str) or not isinstance(rule.get("description", ""), str):
        raise Refused(f"{where}: name and description are texts")
    if rule.get("effect") not in ("allow", "deny", "gated"):
        raise Refused(f"{where}: effect")
    if rule.get("status", "active") not in ("active", "draft", "disabled"):
        raise Refused(f"{where}: status")
    scope = rule.get("scope", {})
    known_fields(scope, FACETS, f"{where}: scope")  # a misspelt facet must not widen a rule
    for facet in FACETS:
        selectors = scope.get(facet, [])
        tagged = facet not in ("users", "groups")
        if not isinstance(selectors, list) or not all(
            isinstance(one, str) and one != "" and (one != "tag:" if tagged else not one.startswith("tag:"))
            for one in selectors
        ):
            raise Refused(f"{where}: {facet}")
    tools = rule.get("tools")
    if not isinstance(tools, list) or not 1 <= len(tools) <= 64:
        raise Refused(f"{where}: tools")
    if not all(isinstance(one, str) and 1 <= len(one) <= 256 for one in tools):
        raise Refused(f"{where}: tools")
    if any(alternatives(one) > MOST_ALTERNATIVES for one in tools):
        raise Refused(f"{where}: a pattern stands for more than 1,000 alternatives")
    condition = rule.get("condition")
    if condition is not None and (not isinstance(condition, str) or len(condition) > 4096):
        raise Refused(f"{where}: condition")
    if rule["effect"] == "gated" and rule.get("status", "active") == "active" and condition is None:
        raise Refused(f"{where}: a gate needs a condition")


def known_fields(value, known, where):
    if not isinstance(value, dict):
        raise Refused(f"{where} is no object")
    for key in value:
        if key not in known and not key.startswith("x-"):
            raise Refused(f"{where} has an unknown field: {json.dumps(key)}")


RANGE = re.compile(r"(-?[0-9]+)\.\.(-?[0-9]+)(?:\.\.(-?[0-9]+))?|([a-zA-Z])\.\.([a-zA-Z])(?:\.\.(-?[0-9]+))?")


def alternatives(pattern, depth=0):
    """How many alternatives the braces of a pattern stand for, as bash expands them; counting stops past 1,000."""
    text = "  " + pattern[2:] if depth == 0 and pattern.startswith("{}") else pattern
    start_at, total = 0, 1
    while total <= MOST_ALTERNATIVES and depth < 200:
        group = first_group(text, start_at)
        if group is None:
            break
        start, end = group
        body = text[start + 1 : end]
        if text[max(start - 1, 0) : start] == "$":
            start_at = end + 1
            continue
        span = RANGE.fullmatch(body)
        if span is None and "," not in body:
            # `{a},b}`: a brace that closes no set is a literal, where a comma and a later brace can take its place.
            comma = text.find(",", end + 1)
            if comma < 0 or "}" not in text[comma:]:
                break
            text = text[:end] + " " + text[end + 1 :]
            continue
        if span is not None:
            first, last = (int(span[1]), int(span[2])) if span[1] else (ord(span[4]), ord(span[5]))
            total *= abs(last - first) // max(abs(int(span[3] or span[6] or 1)), 1) + 1
        else:
            total *= sum(alternatives(part, depth + 1) for part in split_members(body))
        start_at = end + 1
    return total


def first_group(text, start_at):
    """The first `{` that has its `}`, and that `}`."""
    opened, found = [], None
    for at in range(start_at, len(text)):
        if text[at] == "{":
            opened.append(at)
        elif text[at] == "}" and opened:
            start = opened.pop()
            if found is None or start < found[0]:
                found = (start, at)
            if not opened:
                return found
    return found


def split_members(body):
    parts, depth = [""], 0
    for char in body:
        depth += (char == "{") - (char == "}")
        if char == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def filled(bundle):
    """Settings and rules with all that may be left out filled in: what a gateway would store."""
    return {
        "settings": {"gatedWhenFalse": "continue", **bundle.get("settings", {})},
        "rules": [
            {
                "description": "",
                "status": "active",
                "condition": None,
                **rule,
                "scope": {**{facet: [] for facet in FACETS}, **rule.get("scope", {})},
            }
            for rule in bundle["rules"]
        ],
    }


def digest(bundle):
    """SHA-256 of the canonical form of format, version, settings and rules, without what may be left out."""
    settings = {k: v for k, v in bundle.get("settings", {}).items() if (k, v) != ("gatedWhenFalse", "continue")}
    policy = {"format": "policy-bundle", "version": 1, "rules": [written(rule) for rule in bundle["rules"]]}
    if settings:
        policy["settings"] = settings
    return hashlib.sha256(canonical(policy).encode("utf-8")).hexdigest()


def written(rule):
    scope = {k: v for k, v in rule.get("scope", {}).items() if not (k in FACETS and v == [])}
    defaults = {"description": "", "status": "active", "condition": None, "scope": {}}
    whole = {**rule, "scope": scope}
    return {k: v for k, v in whole.items() if not (k in defaults and v == defaults[k])}


def canonical(value):
    """RFC 8785: no white space, keys in the order of their UTF-16 units, numbers and texts as ECMAScript writes them."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, (int, float)):
        return number(float(value))
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
    return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"


def number(value):
    """A double as ECMAScript writes it (ECMA-262, Number::toString)."""
    if not math.isfinite(value):
        raise Refused("a number is not finite")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, exponent = f"{abs(value)!r}e0".split("e")[:2]
    whole, _, part = mantissa.partition(".")
    part = "" if part == "0" else part
    digits = (whole + part).lstrip("0")
    point = int(exponent) + len(whole) - (len(whole + part) - len(digits) if whole == "0" else 0)
    digits = digits.rstrip("0")
    count = len(digits)
    if count <= point <= 21:
        return sign + digits + "0" * (point - count)
    if 0 < point <= 21:
        return sign + digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + digits
    power = f"e{'+' if point > 0 else '-'}{abs(point - 1)}"
    return sign + digits[0] + ("." + digits[1:] if count > 1 else "") + power


if __name__ == "__main__":
    try:
        if len(sys.argv) != 2:
            raise Refused("give a file or a link")
        source = sys.argv[1]
        is_link = "#1." in source
        if is_link:
            content = decode_link(source)
        else:
            with open(source, "rb") as file:
                content = file.read(LIMIT + 1)
        policy_bundle = read_bundle(content, is_link)
    except (Refused, OSError) as refusal:
        sys.exit(f"refused: {refusal}")
    sys.stdout.reconfigure(encoding="utf-8")
    result = {"name": policy_bundle["name"], "digest": digest(policy_bundle), **filled(policy_bundle)}
    print(json.dumps(result, indent=2, ensure_ascii=False))
