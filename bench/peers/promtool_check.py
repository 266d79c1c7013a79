"""Whether Prometheus takes the rules and the queries of deploy/: its own promtool parses them, checks their types, and plays the rules on figures that should and should not call somebody.

    apt-get install prometheus
    python3 bench/peers/promtool_check.py [path/to/promtool]
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

PROMTOOL = sys.argv[1] if len(sys.argv) > 1 else "promtool"
DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
RULES = DEPLOY / "prometheus-rules.yaml"

# Figures of a server over an hour, and the alerts that they should bring then.
CASES = [
    ("all is well", {"slatewise_ready": 1, "slatewise_journal_open": 1, "slatewise_lag_events": 0}, []),
    ("not ready", {"slatewise_ready": 0}, ["SlatewiseNotReady"]),
    ("journal closed", {"slatewise_journal_open": 0}, ["SlatewiseJournalClosed"]),
    ("lag", {"slatewise_lag_events": 2000}, ["SlatewiseMemoryLag"]),
    ("no events", {"slatewise_memory_age_seconds": 30000}, ["SlatewiseNoEvents"]),
    ("drift", {"slatewise_live_alarms": 2}, ["SlatewiseDrift"]),
    ("clicks as expected", {"slatewise_live_expected_clicks": 1000, "slatewise_live_answered_clicks": 1100}, []),
    ("too few clicks", {"slatewise_live_expected_clicks": 1000, "slatewise_live_answered_clicks": 700}, ["SlatewiseMiscalibrated"]),
    ("too many clicks", {"slatewise_live_expected_clicks": 1000, "slatewise_live_answered_clicks": 1400}, ["SlatewiseMiscalibrated"]),
    ("few clicks in all", {"slatewise_live_expected_clicks": 100, "slatewise_live_answered_clicks": 10}, []),
]
# Counters grow by so many a minute.
GROWING = [
    ("faults", 'slatewise_request_errors_total{code="internal",route="/v1/rank"}', ["SlatewiseErrors"]),
    ("mistakes of clients", 'slatewise_request_errors_total{code="invalid-request",route="/v1/rank"}', []),
]
LAST_MINUTE = 120


def with_instance(metric: str) -> str:
    return metric.replace("{", '{instance="a",') if "{" in metric else metric + '{instance="a"}'


def all_alerts() -> list[str]:
    return [line.split()[-1] for line in RULES.read_text().splitlines() if "- alert:" in line]


def tests() -> dict:
    played = [
        (name, [(with_instance(metric), f"{value}x{LAST_MINUTE}") for metric, value in figures.items()], alerts)
        for name, figures, alerts in CASES
    ] + [(name, [(with_instance(metric), f"0+3x{LAST_MINUTE}")], alerts) for name, metric, alerts in GROWING]
    return {
        "rule_files": [str(RULES)],
        "evaluation_interval": "1m",
        "tests": [
            {
                "name": name,
                "interval": "1m",
                "input_series": [{"series": series, "values": values} for series, values in figures],
                # The name of an alert is a series of its own while it calls.
                "promql_expr_test": [
                    {
                        "expr": f'count by (alertname) (ALERTS{{alertstate="firing", alertname="{alert}"}})',
                        "eval_time": f"{LAST_MINUTE - 1}m",
                        "exp_samples": [{"labels": f'{{alertname="{alert}"}}', "value": 1}] if alert in alerts else [],
                    }
                    for alert in all_alerts()
                ],
            }
            for name, figures, alerts in played
        ],
    }


def queries_as_rules() -> dict:
    panels = json.loads((DEPLOY / "grafana-dashboard.json").read_text())["panels"]
    queries = [target["expr"] for panel in panels for target in panel["targets"]]
    rules = [{"record": f"query:{at}", "expr": query} for at, query in enumerate(queries)]
    return {"groups": [{"name": "dashboard", "rules": rules}]}


def run(*arguments: str) -> None:
    print("promtool", *arguments[:2])
    subprocess.run([PROMTOOL, *arguments], check=True)


with tempfile.TemporaryDirectory() as folder:
    # YAML is a superset of JSON.
    queries, played = Path(folder, "queries.yaml"), Path(folder, "tests.yaml")
    queries.write_text(json.dumps(queries_as_rules()))
    played.write_text(json.dumps(tests()))
    run("check", "rules", str(RULES))
    run("check", "rules", str(queries))
    run("test", "rules", str(played))
