import { createSlateGenerator, defaultSize } from '../../generate/request/slate-generator.ts';
import { loadGenerator, noDiversityText, otherObjectiveText } from '../../jobs/generators/load-generator.ts';
import { loadModel } from '../../scoring/model-folder.ts';
import type { RankingEvent } from '../../slate/events.ts';
import { InputError } from '../../slate/input-error.ts';
import { kindsIn } from '../asked-settings.ts';
import { EXIT } from '../exit-codes.ts';
import { readRules } from '../read-rules.ts';
import { replyText } from '../reply-text.ts';
import { forEachRequest, printAnswer } from '../requests.ts';
import { type Shard, writeShard } from '../shards.ts';

export interface GenerateArguments {
  /** False: `--no-config`. */
  readonly config?: string | false;
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
  readonly explore?: unknown;
  readonly seed: number;
  readonly workers: number;
  readonly allowRejects: number;
  readonly firstPosition?: number;
  readonly json?: boolean;
  readonly shard?: Shard;
  readonly out?: string;
}

export async function runGenerate(folder: string, requests: string, options: GenerateArguments): Promise<void> {
  const { shard, out } = options;
  if (!shard || out === undefined) return generateTo(printAnswer, { folder, requests, options });
  const asked = { folder, requests, options: { ...options, json: true } };
  const path = await writeShard(out, shard, (print) => generateTo(print, asked));
  process.stderr.write(`${path}: written\n`);
}

interface Asked {
  readonly folder: string;
  readonly requests: string;
  readonly options: GenerateArguments;
}

async function generateTo(print: (text: string) => Promise<void>, { folder, requests, options }: Asked): Promise<void> {
  const kinds = await kindsIn(options);
  const rules = options.rules === undefined ? undefined : await readRules(options.rules, kinds.rules);
  const stored = await loadModel(folder, kinds);
  const generator = await loadGenerator(options.generator, { pointer: options.pointer, kinds });
  for (const warning of [
    otherObjectiveText(generator.generator, options.objective),
    noDiversityText(generator.generator, options.diversity),
  ])
    if (warning !== undefined) process.stderr.write(`warning: ${warning}\n`);
  const { size, page, objective, diversity, alternatives, deadline, explore, seed, workers } = options;
  // A slate that was drawn is no measure of what a rule costs.
  const prices = options.prices && explore === undefined;
  const maker = await createSlateGenerator(stored, {
    ...{ size, page, objective, diversity, alternatives, prices, deadline, explore, seed, workers },
    generator: generator.generator,
    rules,
    ruleKinds: kinds.rules,
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
      await print(options.json ? `${JSON.stringify(reply)}\n` : replyText(reply));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      // One request that cannot be met does not cost the others their slates.
      failed++;
      process.stderr.write(`error: ${error.message}\n`);
      if (options.json) await print(`${JSON.stringify({ request: request.id, error: error.message })}\n`);
    }
  };
  try {
    const memories = [stored.memory, ...(generator.memory ? [generator.memory] : [])];
    const rejected = await forEachRequest(requests, {
      features: stored.features,
      memories,
      answer,
      firstPosition: options.firstPosition,
      shard: options.shard,
    });
    if (rejected > options.allowRejects) process.exitCode = EXIT.rejects;
    if (failed > 0) process.exitCode = EXIT.failed;
  } finally {
    await maker.close();
    await generator.close();
  }
}

/** Sentences on standard error about what is odd in requests. */
const MOST_TOLD = 100;
