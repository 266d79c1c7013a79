import Table from 'cli-table3';
import type { Contender } from './contender.ts';
import type { ContestResult } from './contest.ts';
import { flopsPerList, type ScorerShape } from './shape.ts';

export interface Row {
  readonly engine: Contender['engine'];
  readonly setting: string;
  /** Workers of ours, threads of PyTorch. */
  readonly workers: number;
  /** Median over the rounds, lists per second; GFLOP/s for `products`. */
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
  readonly gigaflops: number;
}

export interface ShapeReport {
  readonly shape: ScorerShape;
  readonly flopsPerList: number;
  readonly rows: readonly Row[];
  readonly trials: readonly {
    readonly engine: string;
    readonly setting: string;
    readonly workers: number;
    readonly rate: number;
  }[];
  /** Our best median over PyTorch's best median; the lowest and the highest of the rounds' own ratios. */
  readonly ratio?: { readonly median: number; readonly lowest: number; readonly highest: number };
  /** See `ContestResult`. */
  readonly repeated: number;
  readonly disturbed: number;
  /** Our best rate as a share of what ONNX Runtime reaches in matrix products alone with as many workers. */
  readonly shareOfProducts: number;
}

export function summarise(shape: ScorerShape, { trials, finals, repeated, disturbed }: ContestResult): ShapeReport {
  const rows = finals.map(({ contender, rates: all }): Row => {
    const sorted = all.toSorted((a, b) => a - b);
    const median = sorted[sorted.length >> 1];
    return {
      engine: contender.engine,
      setting: contender.setting,
      workers: contender.workers,
      median,
      lowest: sorted[0],
      highest: sorted[sorted.length - 1],
      gigaflops: contender.engine === 'products' ? median : (median * flopsPerList(shape)) / 1e9,
    };
  });
  const best = (engine: Row['engine']): number => bestOf(rows, engine);
  const our = best('slatewise');
  const their = best('pytorch');
  const rates = rows[our];
  const products = rows.find(({ engine, workers }) => engine === 'products' && workers === rates.workers);
  const ratios = their < 0 ? [] : finals[our].rates.map((rate, round) => rate / finals[their].rates[round]);
  return {
    shape,
    flopsPerList: flopsPerList(shape),
    rows,
    trials: trials.map(({ contender: { engine, setting, workers }, rates: [rate] }) => ({
      engine,
      setting,
      workers,
      rate,
    })),
    repeated,
    disturbed,
    ...(their < 0
      ? {}
      : {
          ratio: {
            median: rates.median / rows[their].median,
            lowest: Math.min(...ratios),
            highest: Math.max(...ratios),
          },
        }),
    shareOfProducts: products ? rates.gigaflops / products.gigaflops : Number.NaN,
  };
}

function bestOf(rows: readonly Row[], engine: Row['engine']): number {
  let best = -1;
  for (const [at, row] of rows.entries()) {
    if (row.engine === engine && (best < 0 || row.median > rows[best].median)) best = at;
  }
  return best;
}

const titles = { slatewise: 'Slatewise', pytorch: 'PyTorch', products: 'matrix products alone' };

export function reportText(name: string, { rows, ratio, shareOfProducts, repeated, disturbed }: ShapeReport): string {
  const table = new Table({
    head: ['engine', 'setting', 'workers or threads', 'lists/s', 'lowest', 'highest', 'GFLOP/s'],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const row of rows) {
    const lists = (value: number): string => (row.engine === 'products' ? '' : Math.round(value).toLocaleString('en'));
    table.push([
      titles[row.engine],
      row.setting,
      row.workers,
      lists(row.median),
      lists(row.lowest),
      lists(row.highest),
      row.gigaflops.toFixed(1),
    ]);
  }
  const share = `${(100 * shareOfProducts).toFixed(0)} % of the matrix-product rate`;
  const against = ratio
    ? `${ratio.median.toFixed(2)} times PyTorch's best (rounds: ${ratio.lowest.toFixed(2)} to ${ratio.highest.toFixed(2)}), `
    : '';
  const noise = `${repeated} measurements repeated because other processes ran${disturbed > 0 ? `, ${disturbed} kept although they ran` : ''}`;
  return `${name}\n${table.toString()}\n${against}${share}; ${noise}\n`;
}
