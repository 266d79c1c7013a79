"""
What the Spark jobs cost on this machine, in processor seconds of all processes together and on the clock:

    peers/bin/python bench/peers/spark_speed.py /tmp/market --lists 1000000

The lists of the market (bench/peers/export-market.ts) are repeated under other ids until there are as many as asked for.
"""

import argparse
import math
import shutil
import tempfile
import time
from pathlib import Path

from spark_check import processor_seconds
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from slatewise_spark.lists import join_lists, read_days, write_days
from slatewise_spark.scoring import bucket_users, requests_of, score_lists


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("market")
    parser.add_argument("--lists", type=int, default=1_000_000)
    given = parser.parse_args()
    market, out = Path(given.market), Path(tempfile.mkdtemp(prefix="spark-speed-"))
    builder = SparkSession.builder.master("local[2]").config("spark.sql.shuffle.partitions", 8)
    spark = builder.config("spark.ui.enabled", "false").config("spark.driver.memory", "4g").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    known = spark.read.parquet(str(market / "impressions")).select("list").distinct().count()
    copies = math.ceil(given.lists / known)

    def repeated(name):
        return (
            spark.read.parquet(str(market / name))
            .crossJoin(spark.range(copies).withColumnRenamed("id", "copy"))
            .withColumn("list", F.concat_ws(" ", "list", "copy"))
            .drop("copy")
        )

    def measured(what, job):
        cpu, clock = processor_seconds(), time.perf_counter()
        job()
        cpu, clock = processor_seconds() - cpu, time.perf_counter() - clock
        lists = known * copies
        print(f"{what}: {lists} lists, {clock:.0f} s, {cpu:.0f} processor seconds, {lists / cpu:.0f} lists a processor second", flush=True)

    lists = str(out / "lists")
    measured("join", lambda: write_days(join_lists(repeated("impressions"), repeated("clicks"))[0], lists))
    export = str(market / "before")
    bucket_users(spark, export, 8)
    requests = requests_of(read_days(spark, lists))
    measured("score", lambda: score_lists(spark, export, requests, str(out / "scores"), buckets=8))
    shutil.rmtree(out)


if __name__ == "__main__":
    main()
