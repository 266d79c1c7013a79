"""Values of fields as numbers, times and texts, read as Slatewise reads them."""

import math
import re
from datetime import datetime, timedelta, timezone

PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", re.I | re.A)
# 25,50; but not 1,234, which may be a thousand.
DECIMAL_COMMA = re.compile(r"[+-]?(?:\d+,(?:\d{1,2}|\d{4,})|0,\d+|\d{4,},\d+)", re.A)
COMMA_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})", re.A)
POINT_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})", re.A)
ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?)?",
    re.I | re.A,
)
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def number_of_text(text):
    """The number that a text writes, NaN where it writes none, or one that can be read in two ways."""
    trimmed = text.strip()
    if PLAIN.fullmatch(trimmed):
        value = float(trimmed)
    elif DECIMAL_COMMA.fullmatch(trimmed):
        value = float(trimmed.replace(",", "."))
    elif COMMA_GROUPS.fullmatch(trimmed):
        value = float(trimmed.replace(",", ""))
    elif POINT_GROUPS.fullmatch(trimmed):
        value = float(trimmed.replace(".", "").replace(",", "."))
    else:
        return math.nan
    return value if math.isfinite(value) else math.nan


def iso_time(text):
    """Epoch milliseconds of a date or a date with a time of day, in UTC where it names no zone; None of any other text."""
    parts = ISO.fullmatch(text)
    if not parts:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in parts.groups()[:6])
    try:
        midnight = datetime(year, month, day, tzinfo=timezone.utc) if year > 0 else None
    except ValueError:
        return None
    if midnight is None or hour > 24 or (hour == 24 and minute + second > 0) or minute > 59 or second > 60:
        return None
    offset = minutes_of(parts.group(8) or "Z")
    if offset is None:
        return None
    fraction = math.floor(float(f"0.{parts.group(7) or 0}") * 1000)
    days = (midnight - EPOCH) // timedelta(milliseconds=1)
    return float(days + ((hour * 60 + minute - offset) * 60 + second) * 1000 + fraction)


def minutes_of(zone):
    if zone[0] not in "+-":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[3:].replace(":", "") or 0)
    if hours > 23 or minutes > 59:
        return None
    return (-1 if zone[0] == "-" else 1) * (hours * 60 + minutes)


def number_of(value):
    if isinstance(value, (bool, int, float)):
        return float(value)
    return number_of_text(value) if isinstance(value, str) else math.nan


def time_of(value):
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, str):
        return math.nan
    time = iso_time(value)
    return number_of_text(value) if time is None else time


def text_of(value):
    """A value as JavaScript writes it: 3, not 3.0."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value)
    return str(value)


def number_text(value):
    if value == 0:
        return "0"
    size = abs(value)
    if value.is_integer() and size < 1e21:
        return str(int(value))
    text = repr(value)
    if "e" not in text:
        return text
    if 1e-6 <= size < 1:
        places = -int(text.split("e")[1]) + len(text.split("e")[0].replace("-", "").replace(".", "")) - 1
        return f"{value:.{places}f}"
    digits, exponent = text.split("e")
    return f"{digits}e{'-' if exponent.startswith('-') else '+'}{exponent.lstrip('+-').lstrip('0')}"
