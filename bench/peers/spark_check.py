"""
Tests of the Spark jobs in python/slatewise_spark against what this program says of the same log (bench/peers/export-market.ts wrote it):

    peers/bin/python bench/peers/spark_check.py /tmp/market

Java 17 and `pip install pyspark==4.3.0 pandas numpy pyarrow onnxruntime` are all they need.
"""

import json
import os
import sys
import tempfile
import unittest
from pathlib import Path

PYTHON = Path(__file__).resolve().parents[2] / "python"
# Workers of Spark are processes of their own.
os.environ["PYTHONPATH"] = str(PYTHON)
os.environ["PYSPARK_PYTHON"] = sys.executable
sys.path.insert(0, str(PYTHON))

import pyarrow.parquet as pq  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402
from pyspark.sql import functions as F  # noqa: E402
from slatewise_spark.lists import join_lists, read_days, write_days  # noqa: E402
from slatewise_spark.memory_update import update_memory  # noqa: E402
from slatewise_spark.scoring import bucket_in_python, bucket_of, requests_of, score_lists  # noqa: E402

MARKET = Path()
TOLERANCE = 1e-5
# Sums of fractions are added up in another order.
CLOSE = 1e-9


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def rows(path):
    return {row["id"]: row for row in pq.read_table(path).to_pylist()}


def processor_seconds():
    """Of this process and all that it started, those that have ended too: how busy the machine is does not count."""
    parents, spent = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text()
        except OSError:
            continue
        fields = text[text.rindex(")") + 2 :].split()
        parents[int(stat.parent.name)] = int(fields[1])
        spent[int(stat.parent.name)] = sum(map(int, fields[11:15]))

    def is_own(pid):
        while pid > 1 and pid != os.getpid():
            pid = parents.get(pid, 0)
        return pid == os.getpid()

    return sum(ticks for pid, ticks in spent.items() if is_own(pid)) / os.sysconf("SC_CLK_TCK")


class Jobs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        builder = SparkSession.builder.master("local[2]").config("spark.sql.shuffle.partitions", 4)
        builder = builder.config("spark.ui.enabled", "false").config("spark.driver.memory", "3g")
        cls.spark = builder.config("spark.sql.execution.arrow.pyspark.enabled", "true").getOrCreate()
        cls.spark.sparkContext.setLogLevel("ERROR")
        cls.out = Path(tempfile.mkdtemp(prefix="spark-"))
        cls.lists = str(cls.out / "lists")
        joined, rejected = join_lists(cls.table("impressions"), cls.table("clicks"))
        write_days(joined, cls.lists)
        cls.rejected = {row["reason"]: row["count"] for row in rejected.collect()}

    @classmethod
    def table(cls, name):
        return cls.spark.read.parquet(str(MARKET / name))

    def lists_of(self, days=None):
        return read_days(self.spark, self.lists, days)

    def test_clicks_are_joined_to_the_item_of_their_list(self):
        clicks = {(row["list"], row["item"]): row["time"] for row in self.table("clicks").orderBy(F.desc("time")).collect()}
        shown = self.lists_of().collect()
        self.assertEqual(len(shown), self.table("impressions").count())
        found = {(row["list"], row["item"]): row["click_time"] for row in shown if row["click_time"] is not None}
        self.assertEqual({key: time for key, time in clicks.items() if key in found}, found)
        self.assertEqual(len(clicks), len(found) + sum(self.rejected.values()))

    def test_clicks_that_belong_nowhere_are_counted(self):
        shown = self.spark.createDataFrame([("a", "u", 1000, "i", 0)], "list string, user string, time bigint, item string, position int")
        told = [("a", "i", 2000), ("a", "i", 1500), ("a", "j", 2000), ("b", "i", 2000), ("a", "i", 999), ("a", "i", 1_801_001)]
        joined, rejected = join_lists(shown.union(shown), self.spark.createDataFrame(told, "list string, item string, time bigint"))
        self.assertEqual([row["click_time"] for row in joined.collect()], [1500])
        self.assertEqual(
            {row["reason"]: row["count"] for row in rejected.collect()}, {"unknown-list": 2, "before-list": 1, "late-interaction": 1}
        )

    def test_a_day_that_is_written_again_is_replaced_and_no_other(self):
        days = sorted(row["day"] for row in self.lists_of().select("day").distinct().collect())
        before = self.lists_of().groupBy("day").count().collect()
        joined, _ = join_lists(self.table("impressions"), self.table("clicks"))
        write_days(joined.where(F.col("day") == days[-1]), self.lists)
        self.assertEqual(sorted(self.lists_of().groupBy("day").count().collect()), sorted(before))

    def test_the_memory_of_a_day_is_that_of_a_replay(self):
        out = self.out / "updated"
        started = processor_seconds()
        told = update_memory(self.spark, str(MARKET / "before"), self.lists_of(), str(out), self.table("metadata"))
        print(f"\nmemory: {told['lists']} lists in {processor_seconds() - started:.0f} processor seconds, {told['rounds']} rounds")
        expected = json.loads((MARKET / "after" / "memory.json").read_text())
        self.assertEqual(json.loads((out / "memory.json").read_text()), expected)
        for name in ("items", "users"):
            self.assert_same_rows(rows(out / f"{name}.parquet"), rows(MARKET / "after" / f"{name}.parquet"), name)
        before = rows(MARKET / "before" / "users.parquet")
        self.assertNotEqual(before, rows(out / "users.parquet"))

    def assert_same_rows(self, found, expected, name):
        self.assertEqual(found.keys(), expected.keys())
        for id, row in expected.items():
            for column, value in row.items():
                self.assert_same(found[id][column], value, f"{name}: {column} of {id}")

    def assert_same(self, found, expected, where):
        if isinstance(expected, float):
            self.assertLessEqual(abs(found - expected), CLOSE * max(1.0, abs(expected)), where)
        elif isinstance(expected, list) and expected and isinstance(expected[0], float):
            self.assertEqual(len(found), len(expected), where)
            for one, other in zip(found, expected):
                self.assert_same(one, other, where)
        elif where.split(": ")[1].startswith("fields"):
            self.assertEqual(json.loads(found), json.loads(expected), where)
        else:
            self.assertEqual(found, expected, where)

    def later(self):
        asked = [request["id"] for request in lines(MARKET / "requests.jsonl")]
        return self.lists_of().where(F.col("list").isin(asked)) if len(asked) < 5000 else self.lists_of()

    def test_scores_are_those_of_score_and_a_second_run_leaves_the_same(self):
        out = str(self.out / "scores")
        requests = requests_of(self.later())
        score_lists(self.spark, str(MARKET / "before"), requests, out, buckets=4)
        started = processor_seconds()
        score_lists(self.spark, str(MARKET / "before"), requests, out, buckets=4)
        seconds = processor_seconds() - started
        told = {row["list"]: row for row in self.spark.read.parquet(out).collect()}
        expected = lines(MARKET / "scores.jsonl")
        node = json.loads((MARKET / "node.json").read_text())
        rate = len(told) / seconds
        print(f"\nscores: {len(told)} lists, {rate:.0f} a processor second; Node {node['lists'] / node['seconds']:.0f}")
        worst = 0.0
        for score in expected:
            row = told[score["request"]]
            pairs = list(zip(score["probabilities"], row["probabilities"], strict=True))
            pairs.append((score["anyClick"], row["any_click"]))
            worst = max(worst, *(abs(one - other) for one, other in pairs))
        print(f"scores: probabilities differ by {worst:.1e} at most")
        self.assertLessEqual(worst, TOLERANCE)

    def test_slates_are_those_of_generate(self):
        asked = [request["id"] for request in lines(MARKET / "requests.jsonl")]
        for generator in ("top", "rerank"):
            expected = lines(MARKET / f"{generator}.jsonl")
            some = self.lists_of().where(F.col("list").isin(asked[: len(expected)]))
            out = str(self.out / generator)
            score_lists(self.spark, str(MARKET / "before"), requests_of(some), out, generator=generator, size=4, buckets=4)
            told = {row["list"]: row for row in self.spark.read.parquet(out).collect()}
            for id, slate in zip(asked, expected):
                self.assertEqual([item["item"] for item in slate], told[id]["slate"])
                for item, probability in zip(slate, told[id]["probabilities"]):
                    self.assertLessEqual(abs(item["probability"] - probability), TOLERANCE)

    def test_a_bucket_is_the_same_in_spark_and_in_python(self):
        users = self.spark.createDataFrame([("u1",), ("ü",), ("",)], "user string")
        told = [row[0] for row in users.select(bucket_of("user", 7)).collect()]
        self.assertEqual(told, [bucket_in_python(user, 7) for user in ("u1", "ü", "")])


if __name__ == "__main__":
    MARKET = Path(sys.argv.pop(1))
    unittest.main(verbosity=2)
