"""Parses the views of docs/sources.md with the parser of each dialect. `pip install sqlglot==30.30.0`, then `python bench/peers/sql_views.py`."""

import pathlib
import re

import sqlglot

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "sources.md"
DIALECTS = {"BigQuery": "bigquery", "Snowflake": "snowflake", "Spark": "spark"}
COLUMNS = ["list", "user", "time", "query", "item", "position", "clicked_at"]


def main() -> None:
    page = PAGE.read_text()
    for name, dialect in DIALECTS.items():
        found = re.search(rf"^{name}:\n\n```sql\n(.*?)```", page, re.M | re.S)
        if found is None:
            raise SystemExit(f"{PAGE}: expected a view of {name}, found none")
        statements = sqlglot.parse(found[1], read=dialect)
        assert len(statements) == 1, statements
        [view] = statements
        assert view.key == "create", view.key
        names = [column.alias_or_name for column in view.expression.selects]
        assert names == COLUMNS, (name, names)
        assert list(view.find_all(sqlglot.exp.Command)) == [], f"{name}: what no parser knows"
        print(f"{name}: one view with the columns {', '.join(names)}")


if __name__ == "__main__":
    main()
