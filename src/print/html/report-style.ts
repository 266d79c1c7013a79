import { CHART_COLORS } from '../charts/loss-chart.ts';

const DARK = `--ink:#e7e9ee; --soft:#9aa3b2; --paper:#14171c; --card:#1c2027; --rule:#2e343e; --train:#7db3f0; --validation:#f49a5c;
  --good:#6fcf97; --good-bg:#173324; --bad:#f08a8a; --bad-bg:#3a1d1f; --open-bg:#2a2f38; --accent:#8fb8f5;`;

/** The page's one style sheet: nothing is loaded from anywhere, light and dark follow the reader's system. */
export const REPORT_STYLE: string = `
:root { color-scheme: light dark; --ink:#1b1f27; --soft:#6b7280; --paper:#f6f7f9; --card:#fff; --rule:#e3e6ea;
  --train:${CHART_COLORS.train}; --validation:${CHART_COLORS.validation}; --good:#17703c; --good-bg:#e2f4e8; --bad:#a82626;
  --bad-bg:#fbe7e7; --open-bg:#eef0f3; --accent:#2f6db5; }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
* { box-sizing: border-box; }
body { margin:0; background:var(--paper); color:var(--ink); font:15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; }
main { max-width:1180px; margin:0 auto; padding:32px 20px 64px; }
header .eyebrow { color:var(--soft); margin:0; font-size:13px; letter-spacing:.04em; text-transform:uppercase; }
h1 { font-size:27px; line-height:1.25; margin:6px 0 12px; max-width:34em; text-wrap:balance; }
h2 { font-size:20px; margin:40px 0 10px; } h3 { font-size:15px; margin:22px 0 8px; color:var(--soft); font-weight:600; }
ul.findings { padding-left:1.1em; margin:0; max-width:62em; } ul.findings li { margin:4px 0; }
small { color:var(--soft); font-size:12px; font-weight:400; } p.legend { color:var(--soft); font-size:13px; max-width:70em; }
table { border-collapse:collapse; width:100%; background:var(--card); border:1px solid var(--rule); border-radius:8px; margin:10px 0 18px; font-variant-numeric:tabular-nums; }
table.narrow { width:auto; }
.scroll { overflow-x:auto; }
th, td { padding:8px 12px; text-align:right; vertical-align:top; white-space:nowrap; border-top:1px solid var(--rule); }
thead th { border-top:0; font-size:13px; color:var(--soft); font-weight:600; vertical-align:bottom; } thead th small { display:block; }
th:first-child { text-align:left; font-weight:600; } tr.reference th, tr.reference .value { font-weight:400; color:var(--soft); }
small.line { display:block; } td small.deviation { display:inline-block; min-width:3.6em; text-align:left; } td strong.best { color:var(--accent); border-bottom:2px solid var(--accent); }
.tag { font-size:11px; font-weight:400; color:var(--soft); border:1px solid var(--rule); border-radius:9px; padding:0 7px; margin-left:4px; }
.pill { display:inline-block; min-width:4.2em; text-align:center; border-radius:9px; padding:0 7px; font-size:12px; background:var(--open-bg); color:var(--soft); }
.pill.better { background:var(--good-bg); color:var(--good); } .pill.worse { background:var(--bad-bg); color:var(--bad); }
.thirds { display:grid; grid-template-columns:repeat(auto-fill, minmax(min(100%, 330px), 1fr)); gap:14px; }
.multiples { display:grid; grid-template-columns:repeat(auto-fill, minmax(min(100%, 260px), 1fr)); gap:14px; }
figure { margin:0; background:var(--card); border:1px solid var(--rule); border-radius:8px; padding:10px 10px 6px; }
figcaption { font-size:13px; font-weight:600; padding:0 4px; } figure svg { display:block; width:100%; height:auto; }
.key { display:inline-block; width:18px; height:3px; vertical-align:middle; margin:0 3px 0 10px; border-radius:2px; }
.key.train { background:var(--train); margin-left:0; } .key.validation { background:var(--validation); }
.key.dot { width:9px; height:9px; border-radius:50%; background:var(--validation); }
.chart svg [stroke="${CHART_COLORS.train}"] { stroke:var(--train); } .chart svg [fill="${CHART_COLORS.train}"] { fill:var(--train); }
.chart svg [stroke="${CHART_COLORS.validation}"] { stroke:var(--validation); } .chart svg [fill="${CHART_COLORS.validation}"] { fill:var(--validation); }
.chart svg [stroke="${CHART_COLORS.grid}"] { stroke:var(--rule); } .chart svg [fill="${CHART_COLORS.axis}"] { fill:var(--soft); }
figure svg g text, figure svg > text { font-size:12px; fill:var(--ink); } figure svg .number { text-anchor:end; fill:var(--soft); font-variant-numeric:tabular-nums; }
.zero, .axis { stroke:var(--soft); } .axis { stroke-opacity:.5; } figure svg .tick { font-size:11px; fill:var(--soft); }
figure svg .end { text-anchor:end; } figure svg .middle { text-anchor:middle; } .interval { stroke-width:3; stroke-linecap:round; stroke:var(--soft); } circle { fill:var(--soft); }
.better .interval { stroke:var(--good); } .better circle { fill:var(--good); } .worse .interval { stroke:var(--bad); } .worse circle { fill:var(--bad); }
dl { display:grid; grid-template-columns:max-content 1fr; gap:4px 18px; background:var(--card); border:1px solid var(--rule); border-radius:8px; padding:14px 18px; margin:10px 0; }
dt { color:var(--soft); } dd { margin:0; overflow-wrap:anywhere; }
details { background:var(--card); border:1px solid var(--rule); border-radius:8px; padding:8px 14px; margin:8px 0; } summary { cursor:pointer; font-weight:600; }
pre { overflow-x:auto; font:12.5px/1.45 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
@media print { body { background:#fff; } details, figure, table { break-inside:avoid; } }
`;
