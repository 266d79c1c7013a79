/**
 * The map of the article's finding from what bench/article.ts stored: the picture, and the tables of docs/article.md.
 *
 *     npx tsx bench/article-map.ts bench/results/article-<day>-<machine>.json
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { MeasuredCell } from './article/cell-row.ts';
import { secondTasks, titles } from './article/differences.ts';
import { mapPicture } from './article/map-picture.ts';
import { areClicksRare, hasOwnLog, inGroups } from './article/map-rows.ts';
import { counts, recallShares, together } from './article/over-cells.ts';
import { clicksAlone, differences, explanations, graphRows, lastEpochs, otherRows, power } from './article/tables.ts';

const [path, picture = fileURLToPath(new URL('../docs/images/article-map.svg', import.meta.url))] =
  process.argv.slice(2);
if (path === undefined) throw new Error('give the result file of bench/article.ts');
const { cells } = JSON.parse(await readFile(path, 'utf8')) as { readonly cells: readonly MeasuredCell[] };
const own = inGroups(cells.filter(hasOwnLog));
/** Cells of which the last epoch is judged have the curves of others. */
const best = own.filter(({ keeps }) => keeps === undefined);
await writeFile(picture, mapPicture(cells));
const print = (title: string, content: string): boolean => process.stdout.write(`${title}\n\n${content}\n\n`);
print('Clicks alone', clicksAlone(best));
for (const task of secondTasks) {
  print(`${titles[task]}, test part`, differences(own, task, ['rocAuc', 'prAuc', 'logLoss']));
  print(`${titles[task]}, at a threshold`, differences(own, task, ['f1', 'recall', 'recallAtBreakEven']));
  print(`${titles[task]}, overfitting`, differences(best, task, ['rise', 'least', 'rocAucAtLast']));
}
print('Best and last epoch', lastEpochs(best));
print('Least detectable effects, Triplet and ListNet', power(best));
print('All cells', counts(best));
print('Curves of all cells together', together(best));
print('Explanations', explanations(best));
print('Other rows', otherRows(cells));
print('Graph attention less self-attention', graphRows(cells));
print('Changes of recall', JSON.stringify(recallShares(best)));
const many = best.filter((cell) => cell.parts.test.clicks >= 400);
print(`Changes of recall, ${many.length} cells with 400 test clicks and more`, JSON.stringify(recallShares(many)));
print('All cells, 5 % and less clicked', counts(best.filter(areClicksRare)));
