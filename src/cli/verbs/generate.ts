import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { createSlateGenerator, defaultSize } from '../../generate/request/slate-generator.ts';
import { parseRules, type Rules } from '../../generate/rules/rules.ts';
import { loadGenerator, noDiversityText, otherObjectiveText } from '../../jobs/generators/load-generator.ts';
import { loadModel } from '../../scoring/model-folder.ts';
import type { RankingEvent } from '../../slate/events.ts';
import { InputError } from '../../slate/input-error.ts';
import { EXIT } from '../exit-codes.ts';
import {
  allowRejectsOption,
  checkPointer,
  configOption,
  firstPositionOption,
  generatorOption,
  kindsIn,
  objectiveOption,
  pointerOption,
  positiveNumber,
  wholeNumber,
  workersOption,
} from '../options/options.ts';
import { replyText } from '../reply-text.ts';
import { forEachRequest, printAnswer } from '../requests.ts';

interface GenerateOptions {
  readonly config?: string;
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
  readonly deadline?: number;
  readonly seed: number;
  readonly workers: number;
  readonly allowRejects: number;
  readonly firstPosition?: number;
  readonly json?: boolean;
}

export function generateCommand(): Command {
  return new Command('generate')
    .description('Make the best slate of K items for each request, out of its candidates.')
    .argument('<model>', 'model folder: the scorer that values slates')
    .argument(
      '<requests>',
      'ranking events of JSON lines whose items are the candidates, plain or .gz; - is standard input. A request may bring its own "size", "rules" and "deadline"; item and user events before it update what the model knows',
    )
    .option(
      '--size <k>',
      'items wanted, where the request does not say (default: as many as the lists that the model learned from, 10 at most); fewer where fewer may be shown',
      wholeNumber(1),
    )
    .option(
      '--page <n>',
      'how many items the whole page has, where the slate is only its top (default: the slate is the whole page)',
      wholeNumber(1),
    )
    .addOption(generatorOption())
    .addOption(pointerOption())
    .addOption(objectiveOption())
    .option(
      '--diversity <weight>',
      'how much of the mean likeness of the items is taken off the value of a slate',
      positiveNumber,
      0,
    )
    .option(
      '--rules <file>',
      'JSON: pin, exclude, excludeWhere, atMost, atLeast, unique, keepFirst, minExposure; for requests without rules of their own',
    )
    .option('--alternatives <n>', 'how many of the next best slates to answer too', wholeNumber(0), 0)
    .option('--gap', 'search long for the best slate known, and tell how far the answer is from it')
    .option('--no-prices', 'do not work out what each rule costs, which takes time')
    .option(
      '--deadline <ms>',
      'milliseconds after which a search ends with the best slate so far, unless the request has its own "deadline"; how good that slate is depends on the machine. Without one, a search ends after a fixed number of steps, some seconds of work',
      positiveNumber,
    )
    .option('--seed <n>', 'seed of every random draw: the same seed gives the same slates', wholeNumber(0), 1)
    .addOption(configOption())
    .addOption(workersOption())
    .addOption(firstPositionOption())
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
      const kinds = await kindsIn(options);
      const stored = await loadModel(folder, kinds);
      const generator = await loadGenerator(options.generator, { pointer: options.pointer, kinds });
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
      const told = new Set<string>();
      /** Each sentence once: the requests of a file mostly share their rules. */
      const tell = (sentence: string): void => {
        if (!told.has(sentence) && told.size < MOST_TOLD) process.stderr.write(`${sentence}\n`);
        told.add(sentence);
      };
      const noteSize = ({ size, items }: RankingEvent, shown: number): void => {
        if ((size ?? options.size) === undefined && shown < items.length)
          tell(`slates of ${defaultSize(stored, items.length)}, as no size was asked for; --size asks for another`);
      };
      const answer = async (request: RankingEvent): Promise<void> => {
        try {
          const reply = await maker.generate(request);
          noteSize(request, reply.items.length);
          for (const warning of reply.warnings ?? []) tell(`warning: ${warning}`);
          await printAnswer(options.json ? `${JSON.stringify(reply)}\n` : replyText(reply));
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
        const rejected = await forEachRequest(requests, {
          features: stored.features,
          memories,
          answer,
          firstPosition: options.firstPosition,
        });
        if (rejected > options.allowRejects) process.exitCode = EXIT.rejects;
        if (failed > 0) process.exitCode = EXIT.failed;
      } finally {
        await maker.close();
        await generator.close();
      }
    });
}

/** Sentences on standard error about what is odd in requests. */
const MOST_TOLD = 100;

async function readRules(path: string): Promise<Rules> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new InputError(
      `--rules ${path}: expected a JSON file of rules, ${code === 'ENOENT' ? 'found no such file; check the path' : `could not read it: ${message}; slatewise generate --help shows how rules are written`}`,
      code === 'ENOENT' ? 'file-not-found' : 'file-damaged',
    );
  }
  return parseRules(json, `--rules ${path}`);
}
