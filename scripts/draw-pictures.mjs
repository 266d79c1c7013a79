// Draws the picture of the README, docs/images/drinks.svg, with the command line: `npm run build && node scripts/draw-pictures.mjs`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
const slatewise = (...args) =>
  execFileSync(process.execPath, [join(root, 'dist/cli/main.js'), ...args], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });

const small = { width: 16, feedForward: 32, heads: 2, dropout: 0, inputDropout: 0 };
const config = { recipes: { 'attention-bce': { epochs: 8, model: small } } };
const menu = ['small', 'medium', 'large'].map((id) => ({ id }));
writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
writeFileSync(
  join(folder, 'menu.jsonl'),
  `${JSON.stringify({ event: 'ranking', id: 'menu', timestamp: '2027-01-01', items: menu })}\n`,
);
slatewise('simulate', '--scene', 'drinks', '--impressions', '6000', '--seed', '1', '--out', 'drinks.jsonl');
slatewise(
  'train',
  'drinks.jsonl',
  '--recipe',
  'attention-bce',
  '--config',
  'config.json',
  '--seed',
  '1',
  '--out',
  'model',
);
slatewise('explain', 'model', 'menu.jsonl', '--svg', join(root, 'docs/images/drinks.svg'), '--label', 'price');
