"""(c) Scores lists and composes slates on a cluster: one session of ONNX Runtime in each process, and the users of one bucket at a time."""

import zlib
from functools import lru_cache
from pathlib import Path

import pandas as pd
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

ANSWER = (
    "day string, list string, items array<string>, probabilities array<double>, expected_clicks double, any_click double, slate array<string>"
)


def bucket_of(column, buckets: int):
    return F.pmod(F.crc32(F.coalesce(F.col(column), F.lit(""))), F.lit(buckets)).cast("int")


def bucket_users(spark: SparkSession, export: str, buckets: int) -> str:
    """Puts the users of an export into files by a hash of their id, once: a worker then reads those whose requests it has."""
    path = f"{export}/users-by-bucket-{buckets}.parquet"
    if not (Path(path) / "_SUCCESS").exists():
        users = spark.read.parquet(f"{export}/users.parquet").withColumn("bucket", bucket_of("id", buckets))
        users.repartition(buckets, "bucket").write.mode("overwrite").partitionBy("bucket").parquet(path)
    return path


def requests_of(lists: DataFrame) -> DataFrame:
    """One row per list: its items in an array. `lists` is a table of `lists.py`; `fields` (JSON) may tell those of the request."""
    fields = F.first("fields") if "fields" in lists.columns else F.lit(None).cast("string")
    one = F.sort_array(F.collect_list(F.struct("position", "item")))
    table = lists.groupBy("day", "list").agg(
        F.first("user").alias("user"), F.first("time").alias("time"), fields.alias("fields"), one.alias("shown")
    )
    return table.select(
        "*",
        F.transform("shown", lambda each: each["item"]).alias("items"),
        F.transform("shown", lambda each: each["position"]).alias("positions"),
    ).drop("shown")


def score_lists(
    spark: SparkSession,
    export: str,
    requests: DataFrame,
    out: str,
    generator: str | None = None,
    size: int | None = None,
    buckets: int | None = None,
) -> None:
    """
    Writes at `out`, by day, what the model at `export` says of each list; with a generator (`top` or `rerank`) the list's items are
    candidates, `slate` is what it makes of them, and the numbers are of that. A day that is written again replaces the one before, whole.
    """
    buckets = buckets or 4 * spark.sparkContext.defaultParallelism
    users = bucket_users(spark, export, buckets)
    table = requests.withColumn("bucket", bucket_of("user", buckets))

    def answers(frames):
        for frame in frames:
            for bucket, own in frame.groupby("bucket", sort=True):
                yield answered(export, users, int(bucket), own, generator, size)

    spark.conf.set("spark.sql.sources.partitionOverwriteMode", "dynamic")
    spread = table.repartition(buckets, "bucket").sortWithinPartitions("bucket")
    spread.mapInPandas(answers, ANSWER).write.mode("overwrite").partitionBy("day").parquet(out)


def answered(export, users, bucket, frame, generator, size):
    """The answers of some requests whose users are in one bucket."""
    scorer = session(export)
    requests = [
        {"id": row.list, "time": row.time, "user": row.user or None, "fields": loads(row.fields), "items": listed(row)}
        for row in frame.itertuples(index=False)
    ]
    known = users_of(users, bucket)
    asked = known.take_known([request["user"] for request in requests])
    if generator is None:
        told = scorer.score(requests, asked)
        slates = [None] * len(requests)
    else:
        told = getattr(scorer, generator)(requests, size, asked)
        slates = [answer["items"] for answer in told]
    return pd.DataFrame(
        {
            "day": frame["day"].to_numpy(),
            "list": frame["list"].to_numpy(),
            "items": [list(items) for items in frame["items"]] if generator is None else slates,
            "probabilities": [answer["probabilities"] for answer in told],
            "expected_clicks": [answer["expected_clicks"] for answer in told],
            "any_click": [answer["any_click"] for answer in told],
            "slate": slates,
        }
    )


def listed(row):
    return [{"id": item, "position": int(position)} for item, position in zip(row.items, row.positions)]


def loads(text):
    import json

    return json.loads(text) if text else {}


@lru_cache(maxsize=1)
def session(export):
    """Made in the process that uses it: a session that Spark sends along hangs (ONNX Runtime's issue 9473)."""
    from slatewise_model import Scorer

    return Scorer(export)


class BucketUsers:
    def __init__(self, path, bucket):
        import pyarrow.parquet as pq

        folder = Path(path) / f"bucket={bucket}"
        schema = pq.read_schema(next(Path(path).glob("bucket=*/*.parquet")))
        files = sorted(folder.glob("*.parquet"))
        self.table = pq.read_table(files, schema=schema, partitioning=None) if files else schema.empty_table()
        self.row = {id: at for at, id in enumerate(self.table.column("id").to_pylist())}

    def take_known(self, ids):
        return self.table.take([self.row[id] for id in dict.fromkeys(ids) if id in self.row])


@lru_cache(maxsize=2)
def users_of(path, bucket):
    return BucketUsers(path, bucket)


def bucket_in_python(user: str, buckets: int) -> int:
    """The same as `bucket_of`, for tests and other programs."""
    return zlib.crc32(user.encode()) % buckets
