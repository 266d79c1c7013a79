import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { createSlateGenerator } from '../../generate/request/slate-generator.ts';
import { parseRules, type Rules } from '../../generate/rules/rules.ts';
import { loadGenerator, noDiversityText, otherObjectiveText } from '../../jobs/generators/load-generator.ts';
import { loadModel } from '../../scoring/model-folder.ts';
import type { RankingEvent } from '../../slate/events.ts';
import { InputError } from '../../slate/input-error.ts';
import { EXIT } from '../exit-codes.ts';
import {
  allowRejectsOption,
  checkPointer,
  generatorOption,
  objectiveOption,
  pointerOption,
  positiveNumber,
  wholeNumber,
  workersOption,
} from '../options/options.ts';
import { replyText } from '../reply-text.ts';
import { forEachRequest, printAnswer } from '../requests.ts';

interface GenerateOptions {
  readonly size?: number;
  readonly page?: number;
  readonly generator: string;
  readonly pointer?: string;
  readonly objective: string;
  readonly diversity: number;
  readonly rules?: string;
  readonly alternatives: number;
  readonly gap?: boolean;
  readonly prices: boolean;
  readonly seed: number;
  readonly workers: number;
  readonly allowRejects: number;
  readonly json?: boolean;
}

export function generateCommand(): Command {
  return new Command('generate')
    .description('Compose the best slate of K for each request: who asks, and the candidates.')
    .argument('<model>', 'model folder: the scorer that values slates')
    .argument(
      '<requests>',
      'ranking events of JSON lines whose items are the candidates, plain or .gz; - is standard input. A request may bring its own "size" and "rules"; item and user events before it update what the model knows',
    )
    .option(
      '--size <k>',
      'items wanted, where the request does not say (default: all candidates); fewer where fewer may be shown',
      wholeNumber(1),
    )
    .option(
      '--page <n>',
      'items of the page whose top the slate is; those below are not known yet (default: the slate is the page)',
      wholeNumber(1),
    )
    .addOption(generatorOption())
    .addOption(pointerOption())
    .addOption(objectiveOption())
    .option('--diversity <weight>', 'taken off the value for the mean likeness of the items', positiveNumber, 0)
    .option(
      '--rules <file>',
      'JSON: pin, exclude, excludeWhere, atMost, atLeast, unique, keepFirst, minExposure; for requests without rules of their own',
    )
    .option('--alternatives <n>', 'further slates, the next best', wholeNumber(0), 0)
    .option('--gap', 'search long for the best slate known, and tell how far the answer is from it')
    .option('--no-prices', 'do not make slates without each rule to tell what it costs')
    .option('--seed <n>', 'of what is drawn, such as the starts of the long search', wholeNumber(0), 1)
    .addOption(workersOption())
    .addOption(allowRejectsOption())
    .option('--json', 'one JSON object a request, in the order of the input; otherwise text')
    .addHelpText(
      'after',
      `
Examples:
  slatewise generate models/a requests.jsonl --size 4 --generator beam
  slatewise generate models/a requests.jsonl --size 6 --rules rules.json --gap --json
  slatewise generate models/a requests.jsonl --size 6 --generator pointer --pointer models/pointer

Rules, positions from 0:
  {"pin": [{"item": "i7", "position": 0}], "exclude": ["i3"], "atMost": [{"field": "category", "count": 2}],
   "unique": ["shop"], "minExposure": [{"field": "brand", "value": "b1", "share": 0.2}]}`,
    )
    .action(async (folder: string, requests: string, options: GenerateOptions) => {
      checkPointer([options.generator], options.pointer);
      const rules = options.rules === undefined ? undefined : await readRules(options.rules);
      const stored = await loadModel(folder);
      const generator = await loadGenerator(options.generator, { pointer: options.pointer });
      for (const warning of [
        otherObjectiveText(generator.generator, options.objective),
        noDiversityText(generator.generator, options.diversity),
      ])
        if (warning !== undefined) process.stderr.write(`warning: ${warning}\n`);
      const maker = await createSlateGenerator(stored, {
        ...options,
        generator: generator.generator,
        rules,
        best: options.gap ? 'search' : 'if-few',
      });
      let failed = 0;
      const answer = async (request: RankingEvent): Promise<void> => {
        try {
          await printAnswer(
            options.json
              ? `${JSON.stringify(await maker.generate(request))}\n`
              : replyText(await maker.generate(request)),
          );
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          // One request that cannot be met does not cost the others their slates.
          failed++;
          process.stderr.write(`error: ${error.message}\n`);
          if (options.json) await printAnswer(`${JSON.stringify({ request: request.id, error: error.message })}\n`);
        }
      };
      try {
        const memories = [stored.memory, ...(generator.memory ? [generator.memory] : [])];
        const rejected = await forEachRequest(requests, memories, answer);
        if (rejected > options.allowRejects) process.exitCode = EXIT.rejects;
        if (failed > 0) process.exitCode = EXIT.failed;
      } finally {
        await maker.close();
        await generator.close();
      }
    });
}

async function readRules(path: string): Promise<Rules> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new InputError(
      `--rules ${path}: expected a JSON file of rules, ${code === 'ENOENT' ? 'found no such file; check the path' : `could not read it: ${message}; slatewise generate --help shows how rules are written`}`,
    );
  }
  return parseRules(json, `--rules ${path}`);
}
