/** Prometheus' rules and Grafana's page are in Prometheus' language, and speak of metrics that a server tells. No Prometheus and no Grafana runs here: `bench/peers/promtool_check.py` plays them. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ListModel } from '../src/live/list-model.ts';
import { createServer } from '../src/serve/http/create-server.ts';
import { drinksModel, memoryHost } from './memory-host.ts';

const ROOT = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** As Prometheus documents a file of rules, as far as ours uses it: a key that is none is refused. */
const rulesFile = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Slatewise[A-Za-z]+$/),
          expr: z.string().min(1),
          for: z.string().regex(/^\d+[smh]$/),
          labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.strictObject({ summary: z.string().min(1) }),
        }),
      ),
    }),
  ),
});

const dashboard = z.object({
  title: z.string(),
  schemaVersion: z.int(),
  panels: z.array(
    z.object({
      id: z.int(),
      title: z.string(),
      gridPos: z.strictObject({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
      targets: z.array(z.object({ refId: z.string(), expr: z.string().min(1), legendFormat: z.string() })).min(1),
    }),
  ),
});

let model: ListModel;
let told: ReadonlySet<string>;
beforeAll(async () => {
  model = await drinksModel();
  const { app } = createServer(memoryHost({ a: model }));
  const { body } = await app.inject({ url: '/metrics', headers: { host: 'localhost' } });
  told = new Set([...body.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
  await app.close();
});
afterAll(() => model.close());

/** What is no PromQL, by the grammar of Prometheus' own editor, and metrics that a server does not tell. */
function foreign(expression: string): readonly string[] {
  const found: string[] = [];
  parser.parse(expression).iterate({
    enter({ type, name, from, to }) {
      const text = expression.slice(from, to);
      if (type.isError) found.push(`no PromQL at ${from}: ${expression}`);
      if (name === 'Identifier' && !told.has(text.replace(/_(?:bucket|count|sum)$/, ''))) found.push(text);
    },
  });
  return found;
}

describe('what watches a server', () => {
  it('rules have the form of Prometheus, each alert once, of metrics that there are', () => {
    const rules = rulesFile.parse(parse(read('deploy/prometheus-rules.yaml'))).groups.flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(5);
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    expect(rules.flatMap(({ expr }) => foreign(expr))).toEqual([]);
    expect(foreign('slatewise_live_clciks > 0')).toEqual(['slatewise_live_clciks']);
    expect(foreign('slatewise_live_clicks >')).toEqual(['no PromQL at 23: slatewise_live_clicks >']);
  });

  it('the page has panels beside and below each other, of metrics that there are', () => {
    const { panels } = dashboard.parse(JSON.parse(read('deploy/grafana-dashboard.json')));
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(new Set(panels.map(({ gridPos }) => `${gridPos.x} ${gridPos.y}`)).size).toBe(panels.length);
    for (const { gridPos } of panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    expect(panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => foreign(expr)))).toEqual([]);
  });
});
