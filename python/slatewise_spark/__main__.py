"""The three jobs, one a command: spark-submit --py-files slatewise.zip python/slatewise_spark/__main__.py score --help"""

import argparse

from pyspark.sql import SparkSession

from slatewise_spark.lists import join_lists, read_days, write_days
from slatewise_spark.memory_update import update_memory
from slatewise_spark.scoring import requests_of, score_lists


def main() -> None:
    parser = argparse.ArgumentParser(prog="slatewise_spark")
    jobs = parser.add_subparsers(dest="job", required=True)
    join = jobs.add_parser("join", help="impressions and clicks to one table of lists, by day")
    join.add_argument("impressions")
    join.add_argument("clicks")
    join.add_argument("out")
    join.add_argument("--days", nargs="*", help="days to write, such as 2026-11-28; all without")
    join.add_argument("--window", type=int, default=30, help="minutes after a list in which a click on it counts")
    update = jobs.add_parser("update", help="bring the memory of an export up to the lists at hand")
    update.add_argument("export")
    update.add_argument("lists")
    update.add_argument("out")
    update.add_argument("--days", nargs="*")
    update.add_argument("--metadata", help="Parquet: kind, id, time, fields (JSON)")
    update.add_argument("--until", type=int, help="the last moment that is known, epoch milliseconds")
    score = jobs.add_parser("score", help="score lists, or compose slates of candidates")
    score.add_argument("export")
    score.add_argument("lists")
    score.add_argument("out")
    score.add_argument("--days", nargs="*")
    score.add_argument("--generator", choices=["top", "rerank"])
    score.add_argument("--size", type=int)
    score.add_argument("--buckets", type=int)
    given = parser.parse_args()

    spark = SparkSession.builder.appName(f"slatewise {given.job}").getOrCreate()
    if given.job == "join":
        joined, rejected = join_lists(spark.read.parquet(given.impressions), spark.read.parquet(given.clicks), given.window * 60_000)
        write_days(joined if given.days is None else joined.where(joined["day"].isin(given.days)), given.out)
        for row in rejected.collect():
            print(f"{row['count']} clicks rejected: {row['reason']}")
    elif given.job == "update":
        metadata = spark.read.parquet(given.metadata) if given.metadata else None
        print(update_memory(spark, given.export, read_days(spark, given.lists, given.days), given.out, metadata, given.until))
    else:
        requests = requests_of(read_days(spark, given.lists, given.days))
        score_lists(spark, given.export, requests, given.out, given.generator, given.size, given.buckets)


if __name__ == "__main__":
    main()
