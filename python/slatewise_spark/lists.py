"""(a) Impressions and clicks, each in a table of its own, to one table of lists: one row per shown item."""

from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as F

JOIN_WINDOW = 30 * 60_000
DAY = 86_400_000


def join_lists(impressions: DataFrame, clicks: DataFrame, window: int = JOIN_WINDOW) -> tuple[DataFrame, DataFrame]:
    """
    `impressions`: list, user, time, item, position, and any further columns; `clicks`: list, item, time. Times are epoch
    milliseconds. Gives the same rows with `click_time` (null where nobody clicked) and `day`, and how many clicks belong to no row, by
    reason. A list that stands twice counts once, and so does a click.
    """
    shown = impressions.withColumn("day", day_of("time")).dropDuplicates(["list", "item", "position"])
    clicked = clicks.select("list", "item", F.col("time").alias("clicked_at"))
    met = clicked.join(shown.select("list", "item", "time").distinct(), ["list", "item"], "left")
    delay = F.col("clicked_at") - F.col("time")
    reason = (
        F.when(F.col("time").isNull(), "unknown-list")
        .when(delay < 0, "before-list")
        .when(delay > window, "late-interaction")
    )
    judged = met.withColumn("reason", reason)
    first = judged.where(F.col("reason").isNull()).groupBy("list", "item").agg(F.min("clicked_at").alias("click_time"))
    # An item that stands twice in a list is clicked where it stands first.
    place = F.row_number().over(Window.partitionBy("list", "item").orderBy("position"))
    joined = shown.withColumn("place", place).join(first, ["list", "item"], "left")
    click_time = F.when(F.col("place") == 1, F.col("click_time"))
    rejected = judged.where(F.col("reason").isNotNull()).groupBy("reason").count()
    return joined.withColumn("click_time", click_time).drop("place"), rejected


def day_of(column):
    """`2026-11-28` of epoch milliseconds, in UTC, whatever the session's zone."""
    return F.date_add(F.lit("1970-01-01").cast("date"), F.floor(F.col(column) / DAY).cast("int")).cast("string")


def write_days(table: DataFrame, path: str) -> None:
    """Replaces the days that the table has, whole, and leaves all others: the same job twice leaves the same."""
    table.sparkSession.conf.set("spark.sql.sources.partitionOverwriteMode", "dynamic")
    table.write.mode("overwrite").partitionBy("day").parquet(path)


def read_days(spark: SparkSession, path: str, days: list[str] | None = None) -> DataFrame:
    table = spark.read.parquet(path).withColumn("day", F.col("day").cast("string"))
    return table if days is None else table.where(F.col("day").isin(days))
