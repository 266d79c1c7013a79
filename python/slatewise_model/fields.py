"""Fields of one scope (items, users, requests, listed items), as numbers and as what the graph is fed."""

import numpy as np

from .arrays import Lists, ranges, starts_of
from .values import number_of, text_of, time_of

CLIP = 5.0
DAY = 86_400_000.0
# A bag has no more known values than this: the most frequent.
BAG_LIMIT = 500


def signed_log(value):
    return np.sign(value) * np.log1p(np.abs(value))


def ages(times, now):
    """Days from times to now on a logarithmic scale, 0 where there is no time."""
    days = (now - times) / DAY
    return np.where(np.isnan(times), 0.0, signed_log(np.where(np.isnan(days), 0.0, days)))


def encode(encoder, values):
    """Numbers standardised; 0 where there is none."""
    if not encoder["deviation"]:
        return np.zeros(len(values))
    scale = encoder.get("scale")
    scaled = (values - scale["from"]) / scale["unit"] if scale else values
    standardised = ((signed_log(scaled) if encoder["log"] else scaled) - encoder["mean"]) / encoder["deviation"]
    return np.where(np.isnan(values), 0.0, np.clip(standardised, -CLIP, CLIP))


class Fields:
    """Reads records of one scope: `name` opens the names of the graph's inputs."""

    def __init__(self, encoder, name):
        self.name = name
        self.numeric = encoder["numeric"]
        self.vectors = encoder["vectors"]
        self.vocabularies = [Vocabulary(each) for each in encoder["vocabularies"]]
        self.numbers = len(self.numeric)
        self.is_empty = not (self.numeric or self.vectors or self.vocabularies)

    def read(self, records):
        """Columns of these records, each a dict of fields."""
        numbers = {}
        for field in self.numeric:
            read = time_of if field.get("time") else number_of
            numbers[field["name"]] = np.array([read(record.get(field["name"])) for record in records], float)
        for vector in self.vectors:
            width = len(vector["encoders"])
            rows = [elements(record.get(vector["name"]), width) for record in records]
            numbers[vector["name"]] = np.array(rows, float).reshape(len(records), width)
        texts = {each.name: each.texts(records) for each in self.vocabularies}
        return Columns(self, numbers, texts)


class Columns:
    """What was read of some records."""

    def __init__(self, fields, numbers, texts):
        self.fields, self.numbers, self.texts = fields, numbers, texts

    def dense(self, rows):
        """[rows, columns]: numbers, then flags of missing ones, then vectors."""
        fields = self.fields
        raw = [self.numbers[field["name"]][rows] for field in fields.numeric]
        parts = [encode(field["encoder"], value) for field, value in zip(fields.numeric, raw)]
        parts += [np.isnan(value).astype(float) for field, value in zip(fields.numeric, raw) if field["flag"]]
        for vector in fields.vectors:
            value = self.numbers[vector["name"]][rows]
            parts += [encode(each, value[:, at]) for at, each in enumerate(vector["encoders"])]
        return np.stack(parts, 1) if parts else np.zeros((len(rows), 0))

    def ages(self, rows, now):
        """[rows, fields with an age] at the moment of each row."""
        timed = [field["name"] for field in self.fields.numeric if field.get("time")]
        parts = [ages(self.numbers[name][rows], now) for name in timed]
        return np.stack(parts, 1) if parts else np.zeros((len(rows), 0))

    def feeds(self, rows):
        """The graph's inputs of these rows."""
        feeds = {f"{self.fields.name}.{name}": values[rows] for name, values in self.numbers.items()}
        for name, texts in self.texts.items():
            counts = texts.counts[rows]
            width = max(1, int(counts.max(initial=0)))
            feeds[f"{self.fields.name}.{name}"] = texts.padded(rows, width, "")
            feeds[f"{self.fields.name}.{name}.count"] = counts
        return feeds


class Vocabulary:
    """Values of a category or tags field: ids from 1, and their weights."""

    def __init__(self, field):
        self.name = field["name"]
        values = field["vocabulary"]["values"]
        self.size = len(values) + 1
        self.ids = {value: at + 1 for at, value in enumerate(values)}
        self.idf = np.array(field["vocabulary"]["idf"], float)

    def texts(self, records):
        """The texts of each record, each once."""
        bags = [self.bag(record.get(self.name)) for record in records]
        values = np.array([text for bag in bags for text in bag] or [""], object)
        return Lists([len(bag) for bag in bags], values)

    def bag(self, value):
        if value is None:
            return ()
        if not isinstance(value, (list, tuple, np.ndarray)):
            return (text_of(value),)
        texts = list(dict.fromkeys(text_of(each) for each in value))
        if len(texts) <= BAG_LIMIT:
            return texts
        known = [text for text in texts if text in self.ids]
        return sorted(known, key=self.ids.get)[:BAG_LIMIT] if len(known) > BAG_LIMIT else texts


def elements(value, width):
    listed = value if isinstance(value, (list, tuple, np.ndarray)) else ()
    numbers = [float(each) if isinstance(each, (int, float)) else np.nan for each in listed[:width]]
    return numbers + [np.nan] * (width - len(numbers))


def known_tokens(columns):
    """Tokens of each record over all vocabularies end to end, with weights that make a unit vector; and which vocabulary each is of."""
    ids, weights, vocabularies, owners = [], [], [], []
    start = 0
    for at, vocabulary in enumerate(columns.fields.vocabularies):
        texts = columns.texts[vocabulary.name]
        owner = np.repeat(np.arange(len(texts.counts)), texts.counts)
        found = np.fromiter((vocabulary.ids.get(text, 0) for text in texts.values[: len(owner)]), np.int64, len(owner))
        is_known = found > 0
        ids.append(start + found[is_known])
        weights.append(vocabulary.idf[found[is_known]])
        vocabularies.append(np.full(int(is_known.sum()), at))
        owners.append(owner[is_known])
        start += vocabulary.size
    if not ids:
        ids, weights, vocabularies, owners = ([np.zeros(0, np.int64)], [np.zeros(0)], [np.zeros(0, np.int64)], [np.zeros(0, np.int64)])
    owner = np.concatenate(owners)
    order = np.argsort(owner, kind="stable")
    owner, weight = owner[order], np.concatenate(weights)[order]
    return owner, np.concatenate(ids)[order], weight, np.concatenate(vocabularies)[order], start
