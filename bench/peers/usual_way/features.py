"""
What a data scientist would know of each shown item before its list, with polars: counts, rates and tastes by cumulative sums over the log in time order,
comparisons within a list with numpy. Legend: N lists, K places, F columns.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

PRIOR = 10.0
TASTE_PRIOR = 4.0


@dataclass
class Log:
    """`rows`: one shown item each (list, user, item, time, position, clicked); of items and users the columns of numbers and of tokens (lists of texts)."""

    rows: pl.DataFrame
    items: pl.DataFrame
    item_numbers: list[str]
    item_tokens: list[str]
    users: pl.DataFrame
    user_tokens: list[str]


@dataclass
class Features:
    slot: np.ndarray  # [N, K, F]
    context: np.ndarray  # [N, C]
    item: np.ndarray  # [items, I]
    item_of: np.ndarray  # [N, K]
    item_tokens: list[np.ndarray]  # each [items, T], 0 for none
    user_of: np.ndarray  # [N]
    user_tokens: list[np.ndarray]
    mask: np.ndarray  # [N, K]
    labels: np.ndarray  # [N, K]


def log_odds(rate):
    return (rate / (1 - rate)).log()


def from_odds(odds):
    return (odds / (1 + odds)).clip(0.001, 0.98)


def before(column, over):
    """The sum of a column over earlier rows of the same group."""
    return pl.col(column).cum_sum().over(over) - pl.col(column)


def build(log: Log, train_share: float, min_count: int = 3) -> Features:
    items = log.items.sort("item").with_row_index("item_row")
    users = log.users.sort("user").with_row_index("user_row")
    rows = log.rows.sort("time", "list", "position").with_row_index("row")
    rows = rows.with_columns(pl.col("list").rle_id().alias("n"), pl.col("clicked").cast(pl.Float64))
    rows = rows.join(items.select("item", "item_row"), on="item", how="left", maintain_order="left")
    rows = rows.join(users.select("user", "user_row"), on="user", how="left", maintain_order="left")
    rows = rows.select("row", "n", "item_row", "user_row", "time", "position", "clicked")
    dense = item_numbers(items, log.item_numbers)
    rows = rows.with_columns(rate_columns(rows))
    rows = with_lifts(rows)
    rows = rows.with_columns(pl.Series(f"own {name}", dense[rows["item_row"].to_numpy(), at]) for at, name in enumerate(log.item_numbers))
    rows = with_users(rows, log.item_numbers)
    rows = rows.with_columns(tastes(rows, items, log.item_tokens))
    return to_arrays(rows, items, users, dense, log, train_share, min_count)


def item_numbers(items, names):
    """Standardised, with the logarithm of what is skewed; what is missing is the mean."""
    columns = []
    for name in names:
        values = items[name].cast(pl.Float64).to_numpy()
        skew = items[name].cast(pl.Float64).skew()
        values = np.sign(values) * np.log1p(np.abs(values)) if skew is not None and abs(skew) > 2 else values
        columns.append(np.nan_to_num(np.clip((values - np.nanmean(values)) / (np.nanstd(values) + 1e-9), -5, 5)))
    return np.stack(columns, 1)


def rate_columns(rows):
    shown = pl.int_range(pl.len())
    overall = ((before_list(rows, "clicked") + 1) / (before_list(rows, None) + PRIOR)).alias("overall")
    rows = rows.with_columns(overall)
    frame = rows.select(
        "overall",
        item_shown=shown.over("item_row").cast(pl.Float64),
        item_clicks=before("clicked", "item_row"),
        place_shown=shown.over("position"),
        place_clicks=before("clicked", "position"),
        recent=pl.col("clicked").ewm_mean(half_life=20).shift(1).over("item_row"),
        times_shown=shown.over("user_row", "item_row").cast(pl.Float64),
        times_clicked=before("clicked", ["user_row", "item_row"]),
        last_shown=pl.col("time").shift(1).over("user_row", "item_row"),
    )
    return frame.with_columns(
        item_rate=(pl.col("item_clicks") + PRIOR * pl.col("overall")) / (pl.col("item_shown") + PRIOR),
        place_rate=(pl.col("place_clicks") + PRIOR * pl.col("overall")) / (pl.col("place_shown") + PRIOR),
    ).get_columns()


def before_list(rows, column):
    """The sum over all lists before that of each row."""
    sums = rows.group_by("n", maintain_order=True).agg(pl.len().alias("sum") if column is None else pl.col(column).sum().alias("sum"))
    return (sums["sum"].cum_sum() - sums["sum"]).gather(rows["n"])


def with_lifts(rows):
    """Clicks per expected click, of users and of items, and what place, user and item together lead to expect."""
    by_user = user_sums(rows, [pl.col("clicked").sum(), pl.col("item_rate").sum().alias("expected")])
    rows = rows.with_columns(user_lift=((by_user["clicked"] + 2) / (by_user["expected"] + 2)).gather(rows["n"]))
    odds = pl.col("place_rate") / (1 - pl.col("place_rate"))
    rows = rows.with_columns(expected=from_odds(odds * pl.col("user_lift")))
    rows = rows.with_columns(item_lift=(pl.col("item_clicks") + 2) / (before("expected", "item_row") + 2))
    rows = rows.with_columns(expected=from_odds(odds * pl.col("user_lift") * pl.col("item_lift")))
    return rows.with_columns(residual=pl.col("clicked") - pl.col("expected"))


def user_sums(rows, sums):
    """Of each list, sums over the earlier lists of its user."""
    lists = rows.group_by("n", maintain_order=True).agg(pl.col("user_row").first(), pl.col("time").first(), *sums)
    names = [name for name in lists.columns if name not in ("n", "user_row", "time")]
    return lists.with_columns((before(name, "user_row") for name in names))


def with_users(rows, numbers):
    """How the user clicks so far, and whether the clicks lean to the item's side of its numbers."""
    leaning = [(pl.col("residual") * pl.col(f"own {name}")).sum().alias(f"leaning {name}") for name in numbers]
    lists = user_sums(rows, [pl.len().cast(pl.Float64).alias("user_shown"), pl.col("clicked").sum().alias("user_clicks"), *leaning])
    gap = (pl.col("time") - pl.col("time").shift(1).over("user_row")) / 3_600_000
    lists = lists.with_columns(gap=gap, first=gap.is_null().cast(pl.Float64))
    sessions = (pl.col("gap").fill_null(1e9) > 0.5).cum_sum().over("user_row")
    lists = lists.with_columns(in_session=pl.int_range(pl.len()).over("user_row", sessions).cast(pl.Float64))
    own = ["user_shown", "user_clicks", "gap", "first", "in_session", *(f"leaning {name}" for name in numbers)]
    return rows.with_columns(lists[name].gather(rows["n"]) for name in own)


def tastes(rows, items, fields):
    """For every field how its values did with the user before, mean and best over the item's values; and how like the item is to what was clicked and skipped."""
    found = []
    like = []
    bags = pl.concat(items.select("item_row", pl.lit(name).alias("field"), pl.col(name).alias("token")).explode("token").drop_nulls() for name in fields)
    bags = bags.with_columns(token=pl.struct("field", "token").rank("dense").cast(pl.UInt32))
    idf = (items.height / pl.len().over("token")).log() + 1
    bags = bags.with_columns(weight=idf).with_columns(weight=pl.col("weight") / (pl.col("weight") ** 2).sum().over("item_row").sqrt())
    slim = rows.select("row", "n", "user_row", "item_row", "residual", "clicked")
    for name in fields:
        met = slim.join(bags.filter(pl.col("field") == name).drop("field"), on="item_row", maintain_order="left")
        by_list = met.group_by("n", "token", maintain_order=True).agg(
            pl.col("user_row").first(),
            pl.col("residual").sum(),
            pl.len().cast(pl.Float64).alias("shown"),
            (pl.col("weight") * pl.col("clicked")).sum().alias("liked"),
            (pl.col("weight") * (1 - pl.col("clicked"))).sum().alias("skipped"),
        )
        known = by_list.select("n", "token", *(before(each, ["user_row", "token"]) for each in ("residual", "shown", "liked", "skipped")))
        met = met.select("row", "n", "token", "weight").join(known, on=["n", "token"], maintain_order="left")
        shrunk = pl.col("residual") / (pl.col("shown") + TASTE_PRIOR)
        of_row = met.group_by("row").agg(
            shrunk.mean().alias(f"taste {name}"),
            shrunk.max().alias(f"best {name}"),
            (pl.col("weight") * pl.col("liked")).sum().alias("liked"),
            (pl.col("weight") * pl.col("skipped")).sum().alias("skipped"),
        )
        of_row = slim.select("row").join(of_row, on="row", how="left", maintain_order="left").fill_null(0.0)
        found += [of_row[f"taste {name}"], of_row[f"best {name}"].clip(lower_bound=0)]
        like.append(of_row.select("liked", "skipped"))
    liked, skipped = (sum(each[name] for each in like) for name in ("liked", "skipped"))
    clicks = rows["user_clicks"]
    return [*found, (liked / (clicks + 2)).alias("like clicked"), (skipped / (rows["user_shown"] - clicks + 2)).alias("like skipped")]


def to_arrays(rows, items, users, dense, log, train_share, min_count):
    numbers = log.item_numbers
    tastes_of = [f"taste {name}" for name in log.item_tokens]
    leaning = [pl.col(f"own {name}") * pl.col(f"leaning {name}") / (pl.col("user_shown") + TASTE_PRIOR) for name in numbers]
    rows = rows.with_columns(
        r_rate=log_odds(pl.col("item_rate")) - log_odds(pl.col("overall")),
        r_lift=pl.col("item_lift").log(),
        r_recent=pl.col("recent").fill_null(pl.col("item_rate")) - pl.col("item_rate"),
        r_shown=pl.col("item_shown").log1p(),
        r_expected=log_odds(pl.col("expected")),
        r_leaning=pl.sum_horizontal(leaning),
        s_shown=pl.col("times_shown").log1p(),
        s_clicked=pl.col("times_clicked").log1p(),
        s_skipped=(pl.col("times_shown") - pl.col("times_clicked")).log1p(),
        s_since=(1 / (1 + (pl.col("time") - pl.col("last_shown")) / 3_600_000)).fill_null(0.0),
        **{f"to {name}": each for name, each in zip(numbers, leaning)},
    )
    own = [f"own {name}" for name in numbers]
    compared = ["r_rate", "r_lift", "r_expected", *tastes_of, "r_leaning", "like clicked", *own]
    plain = [
        *("r_rate", "r_lift", "r_recent", "r_shown", "r_expected", "r_leaning", *(f"to {name}" for name in numbers)),
        *(column for name in log.item_tokens for column in (f"taste {name}", f"best {name}")),
        *("like clicked", "like skipped", "s_shown", "s_clicked", "s_skipped", "s_since"),
    ]
    n = rows["n"].to_numpy()
    starts = np.flatnonzero(np.r_[True, n[1:] != n[:-1]])
    lengths = np.diff(np.r_[starts, len(n)])
    at = (n, np.arange(len(n)) - starts[n])
    N, K = len(starts), int(lengths.max())

    def padded(values, dtype=np.float32):
        array = np.zeros((N, K), dtype)
        array[at] = values
        return array

    mask = padded(1)
    slots = [padded(rows[name].to_numpy()) for name in plain]
    first_value = padded(first_codes(items[log.item_tokens[0]])[rows["item_row"].to_numpy()], np.int32)
    present = np.broadcast_to(mask[:, None, :] > 0, (N, K, K))
    alike = (first_value[:, :, None] == first_value[:, None, :]) & present
    for name in compared:
        values = padded(rows[name].to_numpy())
        slots += in_list(values, mask, present)
        if name in own:
            slots += in_list(values, mask, alike)
    slots.append(alike.sum(2) / lengths[:, None])
    second_value = padded(first_codes(items[log.item_tokens[1]])[rows["item_row"].to_numpy()], np.int32)
    slots.append((alike & (second_value[:, :, None] == second_value[:, None, :])).sum(2))
    slot = np.stack(slots, 2).astype(np.float32)
    first_rows = rows[starts]
    context = first_rows.select(
        rate=log_odds((pl.col("user_clicks") + PRIOR * pl.col("overall")) / (pl.col("user_shown") + PRIOR)) - log_odds(pl.col("overall")),
        lift=pl.col("user_lift").log(),
        shown=pl.col("user_shown").log1p(),
        clicks=pl.col("user_clicks").log1p(),
        in_session=pl.col("in_session").log1p(),
        since=(1 / (1 + pl.col("gap"))).fill_null(0.0),
        first="first",
    ).to_numpy()
    train = int(round(train_share * N))
    slot = standardised(slot, slot[:train][mask[:train] > 0]) * mask[:, :, None]
    return Features(
        slot=slot,
        context=standardised(context.astype(np.float32), context[:train]),
        item=dense.astype(np.float32),
        item_of=padded(rows["item_row"].to_numpy(), np.int64),
        item_tokens=[token_table(items[name], min_count) for name in log.item_tokens],
        user_of=first_rows["user_row"].to_numpy().astype(np.int64),
        user_tokens=[token_table(users[name], min_count) for name in log.user_tokens],
        mask=mask,
        labels=padded(rows["clicked"].to_numpy()),
    )


def in_list(values, mask, company):
    """Difference to the mean of an item's company in its list, [N, K, K] with itself, and rank in it."""
    count = np.maximum(company.sum(2), 1)
    mean = np.matmul(company.astype(np.float32), values[:, :, None])[:, :, 0] / count
    lower = ((values[:, None, :] < values[:, :, None]) & company).sum(2)
    higher = ((values[:, None, :] > values[:, :, None]) & company).sum(2)
    rank = 0.5 + (lower - higher) / (2 * np.maximum(count - 1, 1))
    return [(values - mean) * mask, rank.astype(np.float32)]


def standardised(values, of):
    mean, deviation = of.mean(0, dtype=np.float64), of.std(0, dtype=np.float64)
    return np.clip((values - mean) / np.where(deviation > 1e-6, deviation, 1), -6, 6).astype(np.float32)


def first_codes(tokens):
    return tokens.list.first().fill_null("").rank("dense").to_numpy().astype(np.int32)


def token_table(tokens, min_count):
    """[rows, T] numbers of the frequent tokens, 1 for the rare ones, 0 where there is none."""
    frame = pl.DataFrame({"tokens": tokens}).with_row_index("at").explode("tokens").drop_nulls()
    counts = frame["tokens"].value_counts().filter(pl.col("count") >= min_count).sort("tokens").with_row_index("code", offset=2)
    coded = frame.join(counts.select("tokens", "code"), on="tokens", how="left", maintain_order="left").with_columns(pl.col("code").fill_null(1))
    place = coded.select(place=pl.int_range(pl.len()).over("at"))["place"].to_numpy()
    table = np.zeros((len(tokens), int(place.max()) + 1 if len(place) else 1), np.int64)
    table[coded["at"].to_numpy(), place] = coded["code"].to_numpy()
    return table
