"""What one user did, list after list: the only part of a memory that needs its events in their order, user by user."""

SESSION_GAP = 30 * 60_000
SEEN_LIMIT = 1000
TASTES_LIMIT = 4000
RECENT_LIMIT = 50


class History:
    """A row of `users.parquet` that goes on. Keys of a dict stay in the order in which they came."""

    def __init__(self, row, width):
        row = row or {}
        for name in ("impressions", "exposures", "clicks", "session_impressions"):
            setattr(self, name, int(row.get(name, 0)))
        self.expected = float(row.get("expected", 0.0))
        self.last_impression = float(row.get("last_impression", -1.0))
        self.leanings = list(row.get("leanings", [])) or [0.0] * width
        tastes = [row.get(f"taste_{name}", []) for name in ("tokens", "exposures", "residuals", "clicked", "skipped")]
        self.tastes = {int(token): [int(shown), *map(float, rest)] for token, shown, *rest in zip(*tastes)}
        seen = [row.get(f"seen_{name}", []) for name in ("items", "shown", "clicked", "at")]
        self.seen = {int(item): [int(shown), int(clicked), float(at)] for item, shown, clicked, at in zip(*seen)}
        self.clicked = [int(item) for item in row.get("clicked", [])]
        self.skipped = [int(item) for item in row.get("skipped", [])]

    def begin_list(self, time):
        goes_on = self.last_impression >= 0 and time - self.last_impression < SESSION_GAP
        self.session_impressions = self.session_impressions + 1 if goes_on else 1
        self.impressions += 1
        self.last_impression = float(time)

    def show(self, item, version, time, of_user, of_both):
        self.exposures += 1
        self.expected += of_user
        self.taste(version, 1, -of_both, 0)
        known = self.seen.get(item)
        if known is None:
            if len(self.seen) >= SEEN_LIMIT:
                del self.seen[next(iter(self.seen))]
            self.seen[item] = [1, 0, float(time)]
        else:
            known[0] += 1
            known[2] = float(time)
        remember(self.skipped, item)

    def click(self, item, version):
        self.clicks += 1
        self.taste(version, 0, 1.0, 1)
        known = self.seen.get(item)
        if known is not None:
            known[1] += 1
        if item in self.skipped:
            self.skipped.remove(item)
        remember(self.clicked, item)

    def taste(self, version, exposures, residual, clicks):
        """An exposure counts as skipped until its click comes."""
        tokens, weights, dense = version
        for token, weight in zip(tokens, weights):
            known = self.tastes.get(token)
            if known is None:
                if len(self.tastes) >= TASTES_LIMIT:
                    del self.tastes[next(iter(self.tastes))]
                known = self.tastes[token] = [0, 0.0, 0.0, 0.0]
            known[0] += exposures
            known[1] += residual
            known[2] += clicks * weight
            known[3] += (exposures - clicks) * weight
        for column, value in enumerate(dense):
            self.leanings[column] += residual * value

    def row(self):
        tastes, seen = list(self.tastes.values()), list(self.seen.values())
        return {
            **{name: getattr(self, name) for name in ("impressions", "exposures", "clicks", "expected", "last_impression", "session_impressions")},
            "leanings": self.leanings,
            "taste_tokens": list(self.tastes),
            **{f"taste_{name}": [each[at] for each in tastes] for at, name in enumerate(("exposures", "residuals", "clicked", "skipped"))},
            "seen_items": list(self.seen),
            **{f"seen_{name}": [each[at] for each in seen] for at, name in enumerate(("shown", "clicked", "at"))},
            "clicked": self.clicked,
            "skipped": self.skipped,
        }


def remember(recent, value):
    """Puts a value first, where it stood is closed up, and what is too old goes."""
    if value in recent:
        recent.remove(value)
    recent.insert(0, value)
    del recent[RECENT_LIMIT:]
