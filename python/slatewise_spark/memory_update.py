"""(b) An exported memory, brought up to a moment by aggregation: what a replay of the same events would know."""

import json
import shutil
from pathlib import Path

import pandas as pd
from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as F

from .expected import POSITIONS, with_expected
from .user_history import History

TREND_SPAN = 86_400_000.0
CLICKERS_LIMIT = 50
NO_METADATA = "kind string, id string, time bigint, fields string"


def update_memory(
    spark: SparkSession,
    export: str,
    lists: DataFrame,
    out: str,
    metadata: DataFrame | None = None,
    until: int | None = None,
) -> dict:
    """
    Writes at `out` the export at `export` (a folder that every worker can read) with the memory as after all events that it does not know yet. `lists` is
    a table of `lists.py` with the days since, and the one before for clicks that come after midnight; `metadata` has kind (item or
    user), id, time and fields (JSON, null deletes). Limits of a memory are not applied. Returns what it found.
    """
    folder, place = Path(export), Path(out)
    sums = json.loads((folder / "memory.json").read_text())
    clock = -1 if sums["clock"] is None else int(sums["clock"])
    end = until if until is not None else 1 << 62
    metadata = spark.createDataFrame([], NO_METADATA) if metadata is None else metadata
    metadata = metadata.where((F.col("time") > clock) & (F.col("time") <= end))
    rows = lists.select("list", F.coalesce("user", F.lit("")).alias("user"), "time", "item", "position", "click_time")
    rows = rows.withColumn("place", F.least("position", F.lit(POSITIONS - 1)))
    shown = rows.where((F.col("time") > clock) & (F.col("time") <= end)).localCheckpoint()
    clicked = rows.where((F.col("click_time") > clock) & (F.col("click_time") <= end))
    clicked = clicked.withColumn("list_time", F.col("time")).withColumn("time", F.col("click_time")).localCheckpoint()
    items, users = (spark.read.parquet(str(folder / f"{name}.parquet")) for name in ("items", "users"))
    told, rounds = with_expected(shown, clicked, sums, items, users)
    new_items, following = items_after(items, told, clicked, metadata, sums["nextItem"])
    new_items = new_items.localCheckpoint()
    new_users = users_after(spark, str(folder), users, told, clicked, metadata, new_items)

    building = place.with_name(f"{place.name}.new")
    shutil.rmtree(building, ignore_errors=True)
    shutil.copytree(folder, building, ignore=shutil.ignore_patterns("*.parquet", "memory.json", "checks.jsonl", "__pycache__"))
    new_items.coalesce(1).sortWithinPartitions("item").write.parquet(str(building / "items.parquet"))
    new_users.write.parquet(str(building / "users.parquet"))
    sums = sums_after(sums, shown, clicked, metadata, following)
    (building / "memory.json").write_text(json.dumps(sums))
    # The folder appears whole or not at all.
    replaced = place.with_name(f"{place.name}.old")
    shutil.rmtree(replaced, ignore_errors=True)
    if place.exists():
        place.rename(replaced)
    building.rename(place)
    shutil.rmtree(replaced, ignore_errors=True)
    return {"lists": shown.select("list").distinct().count(), "rounds": rounds, "clock": sums["clock"]}


def items_after(items: DataFrame, told: DataFrame, clicked: DataFrame, metadata: DataFrame, next_item: int) -> tuple[DataFrame, int]:
    """Counts in sum, faded ones by their distance to the last event, clickers latest first; new items numbered as they were met."""
    of_items = metadata.where("kind = 'item'")
    events = told.select("item", "time", F.lit(1).alias("e"), F.lit(0).alias("c"), "of_item").unionByName(
        clicked.select("item", "time", F.lit(0).alias("e"), F.lit(1).alias("c"), F.lit(0.0).alias("of_item"))
    )
    counted = events.groupBy("item").agg(
        F.sum("e").alias("e"), F.sum("c").alias("c"), F.sum("of_item").alias("x"), F.max("time").cast("double").alias("last")
    )
    faded = events.join(counted.select("item", "last"), "item").withColumn("w", F.exp((F.col("time") - F.col("last")) / TREND_SPAN))
    faded = faded.groupBy("item").agg(F.sum(F.col("e") * F.col("w")).alias("re"), F.sum(F.col("c") * F.col("w")).alias("rc"))
    order = F.struct("time", "list_time", "list", "position")
    latest = clicked.where("user != ''").groupBy("item", "user").agg(F.max(order).alias("at"))
    latest = latest.groupBy("item").agg(F.sort_array(F.collect_list(F.struct("at", "user")), asc=False).alias("latest"))
    latest = latest.select("item", F.transform("latest", lambda each: each["user"]).alias("new_clickers"))
    met = F.struct("time", "kind", "list", "position")
    told_first = of_items.select(
        F.col("id").alias("item"), "time", F.lit(0).alias("kind"), F.lit("").alias("list"), F.lit(0).alias("position")
    )
    first = told_first.unionByName(told.select("item", "time", F.lit(1).alias("kind"), "list", "position"))
    first = first.groupBy("item").agg(F.min(met).alias("met"))
    fresh = first.join(items.select(F.col("id").alias("item")), "item", "left_anti")
    number = (F.row_number().over(Window.orderBy("met")) + next_item - 1).cast("int")
    fresh = fresh.withColumn("number", number).drop("met").localCheckpoint()
    merged = merged_fields(items, of_items)

    known = items.withColumnRenamed("id", "key").join(
        fresh.withColumnRenamed("item", "key"), "key", "full_outer"
    ).withColumnRenamed("key", "id").withColumn("item", F.coalesce("item", "number")).drop("number")
    known = known.na.fill(0, ["exposures", "clicks"]).na.fill(0.0, ["expected", "recent_exposures", "recent_clicks", "decayed_at"])
    for table in (counted, faded, latest):
        known = known.join(table.withColumnRenamed("item", "id"), "id", "left")
    known = known.join(merged, "id", "left").na.fill(0, ["e", "c"]).na.fill(0.0, ["x", "re", "rc"])
    at = F.greatest(F.coalesce("last", "decayed_at"), "decayed_at")
    fade = F.exp((F.col("decayed_at") - at) / TREND_SPAN)
    later = F.exp((F.coalesce("last", at) - at) / TREND_SPAN)
    nobody = F.array().cast("array<string>")
    clickers = F.array_distinct(F.concat(F.coalesce("new_clickers", nobody), F.coalesce("clickers", nobody)))
    return (
        known.select(
            F.col("item").cast("int").alias("item"),
            "id",
            F.coalesce("merged", "fields", F.lit("{}")).alias("fields"),
            (F.col("exposures") + F.col("e")).cast("int").alias("exposures"),
            (F.col("clicks") + F.col("c")).cast("int").alias("clicks"),
            (F.col("expected") + F.col("x")).alias("expected"),
            (F.col("recent_exposures") * fade + F.col("re") * later).alias("recent_exposures"),
            (F.col("recent_clicks") * fade + F.col("rc") * later).alias("recent_clicks"),
            at.alias("decayed_at"),
            F.slice(clickers, 1, CLICKERS_LIMIT).alias("clickers"),
        ),
        next_item + fresh.count(),
    )


def merged_fields(known: DataFrame, metadata: DataFrame) -> DataFrame:
    """(id, merged): fields after all updates of those that have any: what an update names changes, null deletes."""
    updates = metadata.groupBy("id").agg(F.sort_array(F.collect_list(F.struct("time", "fields"))).alias("updates"))

    @F.udf("string")
    def merge(before, updates):
        fields = json.loads(before or "{}")
        for update in updates:
            fields = merged(fields, json.loads(update["fields"]))
        return json.dumps(fields)

    return updates.join(known.select("id", "fields"), "id", "left").select("id", merge("fields", "updates").alias("merged"))


def merged(fields: dict, update: dict) -> dict:
    kept = {name: value for name, value in fields.items() if name not in update}
    return {**kept, **{name: value for name, value in update.items() if value is not None}}


def users_after(spark, folder: str, users: DataFrame, told: DataFrame, clicked: DataFrame, metadata: DataFrame, items: DataFrame) -> DataFrame:
    """Users that did something, each by a walk over its own events in their order; all others as they were."""
    numbers = items.select(F.col("id").alias("item"), F.col("item").alias("number"))
    columns = ["user", "time", "list_time", "list", "position", "click", "number", "item", "of_user", "of_both"]
    exposures = told.withColumn("list_time", F.col("time")).withColumn("click", F.lit(0))
    clicks = clicked.withColumn("click", F.lit(1)).withColumn("of_user", F.lit(0.0)).withColumn("of_both", F.lit(0.0))
    events = exposures.join(numbers, "item").select(columns).unionByName(clicks.join(numbers, "item").select(columns)).where("user != ''")
    updates = [(row["id"], row["time"], row["fields"]) for row in metadata.where("kind = 'item'").orderBy("time").collect()]
    versions = spark.sparkContext.broadcast(updates)
    schema = users.schema

    def walk(known: pd.DataFrame, happened: pd.DataFrame) -> pd.DataFrame:
        from .versions import versions_of

        described = versions_of(folder, versions.value)
        rows = []
        before = {row["id"]: row for row in known.to_dict("records")}
        for user, own in happened.groupby("user", sort=False):
            row = before.get(user)
            history = History(row, described.width)
            own = own.sort_values(["time", "list_time", "list", "position", "click"])
            begun = None
            for event in own.itertuples(index=False):
                version = described.at(event.item, event.time)
                if event.click:
                    history.click(event.number, version)
                    continue
                if event.list != begun:
                    begun = event.list
                    history.begin_list(event.time)
                history.show(event.number, version, event.time, event.of_user, event.of_both)
            rows.append({"id": user, "fields": row["fields"] if row else "{}", **history.row()})
        return pd.DataFrame(rows, columns=schema.names)

    buckets = 4 * spark.sparkContext.defaultParallelism
    bucket = lambda name: F.pmod(F.crc32(F.col(name)), F.lit(buckets))  # noqa: E731
    active = events.select(F.col("user").alias("id")).distinct()
    known = users.join(active, "id", "left_semi").withColumn("bucket", bucket("id"))
    events = events.withColumn("bucket", bucket("user"))
    walked = known.groupBy("bucket").cogroup(events.groupBy("bucket")).applyInPandas(
        lambda key, left, right: walk(left, right), schema
    )
    after = users.join(active, "id", "left_anti").select(schema.names).unionByName(walked)
    of_users = metadata.where("kind = 'user'")
    after = with_strangers(after, of_users)
    merged_table = merged_fields(after, of_users)
    return after.join(merged_table, "id", "left").withColumn("fields", F.coalesce("merged", "fields")).select(schema.names)


def with_strangers(users: DataFrame, metadata: DataFrame) -> DataFrame:
    """Users that are known by their fields alone have a row too."""
    fresh = metadata.select("id").distinct().join(users.select("id"), "id", "left_anti")
    return users.unionByName(fresh.select("id", *(empty(field) for field in users.schema.fields if field.name != "id")))


def empty(field):
    if field.name == "fields":
        return F.lit("{}").alias("fields")
    if field.name == "last_impression":
        return F.lit(-1.0).alias("last_impression")
    value = F.array() if field.dataType.typeName() == "array" else F.lit(0)
    return value.cast(field.dataType).alias(field.name)


def sums_after(sums: dict, shown: DataFrame, clicked: DataFrame, metadata: DataFrame, next_item: int) -> dict:
    of_place = {}
    for name, table in (("positionExposures", shown), ("positionClicks", clicked)):
        counts = {row["place"]: row["count"] for row in table.groupBy("place").count().collect()}
        before = sums[name]
        length = max(len(before), max(counts, default=-1) + 1)
        of_place[name] = [(before[at] if at < len(before) else 0) + counts.get(at, 0) for at in range(length)]
    latest = [table.agg(F.max("time")).first()[0] for table in (shown, clicked, metadata)]
    clock = max([-1 if sums["clock"] is None else sums["clock"], *(time for time in latest if time is not None)])
    return {
        **sums,
        **of_place,
        "clock": None if clock < 0 else clock,
        "exposures": sums["exposures"] + shown.count(),
        "clicks": sums["clicks"] + clicked.count(),
        "nextItem": next_item,
    }
