import { CHART_STYLE } from '../charts/chart-colors.ts';

const DARK = `--ink:#e7e9ee; --soft:#a3acba; --paper:#14171c; --card:#1c2027; --rule:#323945;
  --good:#6fcf97; --good-bg:#173324; --bad:#f08a8a; --bad-bg:#3a1d1f; --open-bg:#2a2f38; --accent:#8fb8f5;`;

/** The page's one style sheet: nothing is loaded from anywhere, light and dark follow the reader's system, paper is light. */
export const PAGE_STYLE: string = `
:root { color-scheme: light dark; --ink:#1b1f27; --soft:#5b6472; --paper:#f6f7f9; --card:#fff; --rule:#e0e4e9;
  --good:#17703c; --good-bg:#e2f4e8; --bad:#a82626; --bad-bg:#fbe7e7; --open-bg:#eceff3; --accent:#2a5fa3; }
@media screen and (prefers-color-scheme: dark) { :root { ${DARK} } }
* { box-sizing: border-box; }
body { margin:0; background:var(--paper); color:var(--ink); font:15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
header > div, main { max-width:1180px; margin:0 auto; padding:0 20px; }
header { background:var(--card); border-bottom:1px solid var(--rule); padding:32px 0 16px; } main { padding-bottom:64px; }
.eyebrow { color:var(--soft); margin:0; font-size:13px; letter-spacing:.03em; overflow-wrap:anywhere; }
.word { white-space:nowrap; }
h1 { font-size:clamp(21px, 1.2vw + 15px, 30px); line-height:1.28; margin:8px 0 14px; max-width:34em; text-wrap:balance; }
h2 { font-size:21px; margin:44px 0 8px; scroll-margin-top:12px; } h3 { font-size:16px; margin:24px 0 8px; font-weight:600; }
ul.findings { padding-left:1.1em; margin:0; max-width:64em; } ul.findings li { margin:5px 0; }
nav ul { list-style:none; display:flex; flex-wrap:wrap; gap:4px 18px; padding:0; margin:18px 0 0; font-size:14px; }
a { color:var(--accent); } :focus-visible { outline:2px solid var(--accent); outline-offset:2px; border-radius:2px; }
.skip { position:absolute; left:-9999px; } .skip:focus { left:12px; top:8px; background:var(--card); padding:6px 12px; z-index:1; }
.hidden { position:absolute; width:1px; height:1px; overflow:hidden; clip-path:inset(50%); white-space:nowrap; }
small { color:var(--soft); font-size:12px; font-weight:400; } p.legend { color:var(--soft); font-size:14px; max-width:70em; margin:4px 0 12px; }
table { border-collapse:collapse; width:100%; background:var(--card); border:1px solid var(--rule); margin:10px 0 18px; font-variant-numeric:tabular-nums; }
table.narrow { width:auto; } caption { text-align:left; color:var(--soft); font-size:13px; padding:4px 0 6px; }
.scroll { overflow-x:auto; }
th, td { padding:8px 12px; text-align:right; vertical-align:top; white-space:nowrap; border-top:1px solid var(--rule); }
thead th { border-top:0; font-size:13px; color:var(--soft); font-weight:600; vertical-align:bottom; } thead th small { display:block; }
th:first-child { text-align:left; font-weight:600; } tr.reference th, tr.reference .value { font-weight:400; color:var(--soft); }
td.words { text-align:left; white-space:normal; min-width:16em; }
small.line { display:block; } td small.deviation { display:inline-block; min-width:3.6em; text-align:left; } td strong.best { color:var(--accent); border-bottom:2px solid var(--accent); }
.tag { font-size:11px; font-weight:400; color:var(--soft); border:1px solid var(--rule); border-radius:9px; padding:0 7px; margin-left:4px; }
.pill { display:inline-block; min-width:4.2em; text-align:center; border-radius:9px; padding:0 7px; font-size:12px; background:var(--open-bg); color:var(--soft); }
.pill.better { background:var(--good-bg); color:var(--good); } .pill.worse { background:var(--bad-bg); color:var(--bad); }
.thirds, .halves, .fourths, .stack { display:grid; gap:14px; align-items:start; margin:10px 0; }
.fourths { grid-template-columns:repeat(auto-fill, minmax(min(100%, 262px), 1fr)); } .thirds { grid-template-columns:repeat(auto-fill, minmax(min(100%, 330px), 1fr)); }
.halves { grid-template-columns:repeat(auto-fill, minmax(min(100%, 440px), 1fr)); }
figure { margin:0; background:var(--card); border:1px solid var(--rule); border-radius:8px; padding:12px; min-width:0; }
figcaption { font-weight:600; padding:0 2px 6px; } figcaption small { display:block; font-size:13px; } figure > svg.picture, figure .scroll svg.picture { display:block; width:100%; height:auto; }
.keys { margin:2px 0 6px; font-size:13px; display:flex; flex-wrap:wrap; gap:2px 16px; } .keys span { white-space:nowrap; } .keys svg { margin-right:6px; vertical-align:middle; }
figure details { border:0; padding:4px 2px 0; margin:0; } figure summary { font-weight:400; font-size:13px; color:var(--accent); }
dl { display:grid; grid-template-columns:max-content 1fr; gap:6px 18px; background:var(--card); border:1px solid var(--rule); border-radius:8px; padding:14px 18px; margin:10px 0; }
dt { color:var(--soft); } dd { margin:0; overflow-wrap:anywhere; }
details { background:var(--card); border:1px solid var(--rule); border-radius:8px; padding:8px 14px; margin:8px 0; } summary { cursor:pointer; font-weight:600; }
pre { overflow-x:auto; font:12.5px/1.45 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
@media (max-width: 600px) { dl { grid-template-columns:1fr; gap:0; } dd { margin-bottom:10px; } th, td { padding:7px 9px; } header > div, main { padding:0 14px; } }
@media print { body { background:#fff; font-size:12px; } header { border:0; padding-top:0; } nav, .skip, figure details { display:none; }
  h2 { break-after:avoid; } figure, dl, tr { break-inside:avoid; } .scroll { overflow:visible; } th, td { padding:4px 6px; white-space:normal; } small { font-size:10px; } }
${CHART_STYLE}
`;
