"""
The clicks that each shown item leads to expect, by what was known strictly before its list: what a memory sums up of items and users.

An item's sum depends on the lifts of its users, a user's on the lifts of its items, each as of the moment of a list. A replay computes them one
after the other. Here all are computed at once, from a guess, again and again: what a list needs lies before it, so every round settles
more of the beginning, and the rest is shrunk; the rounds end where nothing changes any more.
"""

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

PRIOR = 10.0
FIRST_GUESS = 0.1
POSITIONS = 256
MINUTE = 60_000
MOST_ROUNDS = 60
SETTLED = 1e-12
ALL = -1


def before(*keys):
    return Window.partitionBy(*keys).orderBy("time").rangeBetween(Window.unboundedPreceding, -1)


def smoothed(exposures, clicks, rate):
    return (clicks + PRIOR * rate) / (exposures + PRIOR)


def expected_rate(base: Column, *lifts: Column) -> Column:
    odds = base / (1 - base)
    for lift in lifts:
        odds = odds * lift
    return F.least(F.lit(0.98), F.greatest(F.lit(0.001), odds / (1 + odds)))


def base_rates(shown: DataFrame, clicked: DataFrame, sums: dict) -> DataFrame:
    """(time, place, base): the click rate of every place at the time of every list; `shown` has time and place, `clicked` too."""
    marks = shown.select("time", "place", F.lit(1).alias("exposures"), F.lit(0).alias("clicks")).unionByName(
        clicked.select("time", "place", F.lit(0).alias("exposures"), F.lit(1).alias("clicks"))
    )
    marks = marks.unionByName(marks.withColumn("place", F.lit(ALL)))
    marks = marks.groupBy("time", "place").agg(F.sum("exposures").alias("exposures"), F.sum("clicks").alias("clicks"))
    marks = marks.withColumn("minute", F.floor(F.col("time") / MINUTE))
    # Sums of whole minutes are few; within one, sums of milliseconds.
    minutes = marks.groupBy("place", "minute").agg(F.sum("exposures").alias("e"), F.sum("clicks").alias("c"))
    earlier = Window.partitionBy("place").orderBy("minute").rowsBetween(Window.unboundedPreceding, -1)
    minutes = minutes.select(
        "place",
        "minute",
        F.coalesce(F.sum("e").over(earlier), F.lit(0)).alias("e"),
        F.coalesce(F.sum("c").over(earlier), F.lit(0)).alias("c"),
    )
    within = before("place", "minute")
    counted = marks.join(minutes, ["place", "minute"]).select(
        "time",
        "place",
        (F.coalesce(F.sum("exposures").over(within), F.lit(0)) + F.col("e")).alias("e"),
        (F.coalesce(F.sum("clicks").over(within), F.lit(0)) + F.col("c")).alias("c"),
    )
    spark = shown.sparkSession
    starts = [(ALL, float(sums["exposures"]), float(sums["clicks"]))]
    exposures, clicks = sums["positionExposures"], sums["positionClicks"]
    for place in range(POSITIONS):
        at = [float(values[place]) if place < len(values) else 0.0 for values in (exposures, clicks)]
        starts.append((place, *at))
    known = F.broadcast(spark.createDataFrame(starts, "place int, e0 double, c0 double"))
    counted = counted.join(known, "place").select("time", "place", (F.col("e") + F.col("e0")).alias("e"), (F.col("c") + F.col("c0")).alias("c"))
    overall = counted.where(F.col("place") == ALL).select(
        "time", ((F.col("c") + PRIOR * FIRST_GUESS) / (F.col("e") + PRIOR)).alias("overall")
    )
    places = counted.where(F.col("place") != ALL).join(overall, "time")
    return places.select("time", "place", smoothed(F.col("e"), F.col("c"), F.col("overall")).alias("base"))


def counts_before(shown: DataFrame, clicked: DataFrame, key: str) -> DataFrame:
    """`shown` with how many clicks of its item, or user, came before, in the days at hand."""
    marks = shown.withColumn("click", F.lit(0)).unionByName(
        clicked.withColumn("click", F.lit(1)), allowMissingColumns=True
    )
    told = marks.withColumn(f"{key}_clicks", F.coalesce(F.sum("click").over(before(key)), F.lit(0)))
    return told.where(F.col("click") == 0).drop("click")


def with_expected(shown: DataFrame, clicked: DataFrame, sums: dict, items: DataFrame, users: DataFrame) -> tuple[DataFrame, int]:
    """
    `shown` (list, time, user, item, place, ...) with `of_item`, `of_user` and `of_both`: the clicks expected of each row as an item's, a user's
    and a taste's; and how many rounds it took. `clicked` has time, item, user and place of clicks; `items` and `users` are the tables of a memory.
    """
    base = base_rates(shown, clicked, sums)
    rows = shown.join(base, ["time", "place"])
    rows = counts_before(rows, clicked.select("time", "item", "user"), "item")
    rows = counts_before(rows, clicked.where("user != ''").select("time", "user"), "user")
    rows = rows.join(items.select(F.col("id").alias("item"), F.col("clicks").alias("ic0"), F.col("expected").alias("ie0")), "item", "left")
    rows = rows.join(users.select(F.col("id").alias("user"), F.col("clicks").alias("uc0"), F.col("expected").alias("ue0")), "user", "left")
    rows = rows.na.fill(0, ["ic0", "ie0", "uc0", "ue0"])
    rows = rows.withColumn("of_item", F.col("base")).withColumn("of_user", F.col("base")).localCheckpoint()
    for rounds in range(1, MOST_ROUNDS + 1):
        item_sum = F.coalesce(F.sum("of_item").over(before("item")), F.lit(0.0)) + F.col("ie0")
        user_sum = F.coalesce(F.sum("of_user").over(before("user")), F.lit(0.0)) + F.col("ue0")
        item_lift = (F.col("item_clicks") + F.col("ic0") + 2) / (item_sum + 2)
        user_lift = (F.col("user_clicks") + F.col("uc0") + 2) / (user_sum + 2)
        user_lift = F.when(F.col("user") == "", F.lit(1.0)).otherwise(user_lift)
        lifted = rows.withColumn("item_lift", item_lift).withColumn("user_lift", user_lift)
        following = lifted.withColumn("new_item", expected_rate(F.col("base"), F.col("user_lift"))).withColumn(
            "new_user", expected_rate(F.col("base"), F.col("item_lift"))
        )
        following = following.localCheckpoint()
        change = following.agg(
            F.max(F.greatest(F.abs(F.col("new_item") - F.col("of_item")), F.abs(F.col("new_user") - F.col("of_user"))))
        ).first()[0]
        of_both = expected_rate(F.col("base"), F.col("user_lift"), F.col("item_lift"))
        rows = following.withColumn("of_both", of_both).withColumn("of_item", F.col("new_item")).withColumn("of_user", F.col("new_user"))
        rows = rows.drop("new_item", "new_user", "item_lift", "user_lift")
        if change is None or change <= SETTLED:
            return rows, rounds
        rows = rows.drop("of_both")
    raise RuntimeError(f"expected clicks: {MOST_ROUNDS} rounds did not settle them, the last changed one by {change}")
