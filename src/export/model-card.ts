/** What a person must know of an exported model: where it is from, what it reads, what it answers. */
import type { OnnxInputType, OnnxModel, OnnxValue } from '../runtime/onnx-model.ts';
import type { StoredModel } from '../scoring/model-folder.ts';
import { formatShape } from '../tensor/shape.ts';
import { OUTPUTS } from './answer-nodes.ts';
import type { ExportSummary } from './check-export.ts';
import { LIST_INPUTS } from './input-nodes.ts';

export function modelCard(stored: StoredModel, graph: OnnxModel, { lists, difference }: ExportSummary): string {
  const { card, encoder, model } = stored;
  const known = Number.isFinite(stored.memory.clock) ? new Date(stored.memory.clock).toISOString() : 'the beginning';
  return `# ${card.recipe}: a list scorer

Trained by Slatewise ${card.version} with the recipe \`${card.recipe}\` (scorer \`${model.scorer.name}\`), seed ${card.seed}.
Its memory ends at ${known}. Every file of this folder is needed; nothing of Slatewise is.

A list is what one user sees together. The model says of each item how probable a click on it is in this company, and of the list how
probable any click is. The probabilities are those of \`slatewise score\`: on ${lists} lists of \`checks.jsonl\` this file differed from it
by ${difference.toExponential(1)} at most when it was written. Run \`python -m slatewise_model\` in this folder to check it again.

## From rows to probabilities

\`\`\`python
from slatewise_model import Scorer

scorer = Scorer(".")
[answer] = scorer.score([{"id": "q1", "time": 1700000000000, "user": "u1", "fields": {}, "items": [{"id": "i1"}, {"id": "i2"}]}])
print(answer["probabilities"], answer["expected_clicks"], answer["any_click"])
\`\`\`

It needs \`numpy\`, \`pyarrow\` and \`onnxruntime\`. \`scorer.top(requests, size)\` and \`scorer.rerank(requests, size)\` compose slates.

## The graph

\`scorer.onnx\` is one graph (operator set 18, \`ai.onnx.ml\` for vocabularies, \`com.microsoft\` for ONNX Runtime's own operators). B lists, K
items of the longest, U distinct items, H items of the user's past. Texts that a vocabulary does not have are unknown ones; a number
that is missing is NaN.

| input | type | shape | what it is |
|---|---|---|---|
${graph.inputs.map(inputRow).join('\n')}

| output | shape | what it is |
|---|---|---|
| \`${OUTPUTS.logits}\` | [B, K] | calibrated logit of a click on each item; 0 where no item is |
| \`${OUTPUTS.probabilities}\` | [B, K] | its probability; 0 where no item is |
| \`${OUTPUTS.expectedClicks}\` | [B] | the sum of the probabilities: the score of the slate |
| \`${OUTPUTS.anyClick}\` | [B] | probability of at least one click |

Columns of \`${LIST_INPUTS.features}\`, as the memory tells them (the graph brings them to its scale):
${columnList(encoder.columns.slot)}

## Its training

\`\`\`json
${JSON.stringify({ config: card.config, protocol: card.protocol }, null, 1)}
\`\`\`
`;
}

function inputRow({ name, type, shape }: OnnxValue<OnnxInputType>): string {
  return `| \`${name}\` | ${type} | ${formatShape(shape)} | ${MEANINGS.get(name) ?? fieldMeaning(name)} |`;
}

const MEANINGS: ReadonlyMap<string, string> = new Map([
  [LIST_INPUTS.items, 'row of each item among the inputs of items; -1 where the list is shorter'],
  [LIST_INPUTS.positions, 'place on the page, from 0'],
  [LIST_INPUTS.features, 'what is known of each item for this user in this list, before any scaling'],
  [LIST_INPUTS.missing, 'items of the list that are not known yet; 0 of a whole list'],
  [LIST_INPUTS.time, 'when the list is shown, epoch milliseconds'],
  [LIST_INPUTS.user, 'id of the user; empty of nobody'],
  [LIST_INPUTS.userState, 'what is known of the user, before any scaling'],
  [LIST_INPUTS.clicked, 'rows of the items clicked last, latest first; -1 where there are fewer'],
  [LIST_INPUTS.skipped, 'rows of the items shown last and not clicked, latest first; -1 where there are fewer'],
  [LIST_INPUTS.item, 'ids of the items'],
  [LIST_INPUTS.neighbours, 'users who clicked the item, as rows of the next input; -1 where there are fewer'],
  [LIST_INPUTS.neighbourItems, 'rows of the items that each of them had clicked; -1 where there are fewer'],
]);

const fieldMeaning = (name: string): string =>
  name.endsWith('.count') ? `how many of \`${name.replace(/\.count$/, '')}\` are texts` : 'the field, as it is given';

const columnList = (names: readonly string[]): string => names.map((name, at) => `${at}. ${name}`).join('\n');
