import { Command, Option } from 'commander';
import { KEPT_ANSWERS, keptAnswers } from '../../serve/load/kept-answers.ts';
import type { ServeArguments } from '../actions/serve.ts';
import { nameList, wholeNumber, workersOption } from '../options/options.ts';

const port = wholeNumber(0, 65_535);

export function serveCommand(): Command {
  return new Command('serve')
    .description(
      'Serve models over HTTP: scores, ranks and whole lists from what is known this second. Events that it is told are kept in a journal and never lost. docs/serving.md describes it.',
    )
    .argument('[models]', 'model folder, or a folder of them: each by the name of its folder')
    .option(
      '--journal <place>',
      'where events are kept: a folder, made where there is none, or redis://host:port/0?journal=name, which replicas share',
      'journal',
    )
    .option(
      '--snapshots <folder>',
      'of a replica, whose journal is in Redis: what it knew, for a quick start',
      'snapshots',
    )
    .option(
      '--keep-days <n>',
      'days for which events stay in Redis, even where all replicas have snapshots',
      wholeNumber(0, 3650),
      7,
    )
    .addOption(
      new Option('--durability <when>', 'when an event counts as taken: once it is on disk, or once the system has it')
        .choices(['disk', 'process'])
        .default('disk'),
    )
    .option(
      '--active <name>',
      'model that answers where a request names none (default: the one activated last, or the first by name)',
    )
    .option(
      '--audit-every <n>',
      'one asked list in so many is kept beside the journal, for slatewise audit; 0: none',
      wholeNumber(0),
      1000,
    )
    .addOption(
      new Option(
        '--journal-answers <which>',
        'answers that are kept in the journal with what they were made from: all of generate and rank, those that were explored, or none',
      )
        .choices(keptAnswers)
        .default(KEPT_ANSWERS),
    )
    .option(
      '--experiments <file>',
      'JSON of experiments: who is answered by which model, generator, rules or exploring; read again on SIGHUP and when it changes',
    )
    .option('--host <address>', 'address to listen on; another than this machine needs --keys', '127.0.0.1')
    .option('--port <n>', 'port to listen on; 0 for any that is free', port, 8080)
    .option('--metrics-port <n>', 'port of /metrics, without a key (default: the port of the server)', port)
    .option('--keys <file>', 'file of keys by their hashes, one a line; it is read again on SIGHUP')
    .option(
      '--new-key <scopes>',
      'make a key for rank, events, admin, or several of them; print it and its line for --keys, and end',
    )
    .option('--key-name <name>', 'name of the new key, which logs tell', 'client')
    .option('--allow-host <names>', 'names by which it may be called, beside localhost, comma-separated', nameList)
    .option(
      '--cors <origins>',
      'pages that may ask, such as https://shop.example, comma-separated (default: none)',
      nameList,
    )
    .option('--reports <folder>', 'folder of reports that its page shows, such as runs (default: none)')
    .option('--body-limit <bytes>', 'largest body of a request', wholeNumber(1024), 1024 * 1024)
    .option(
      '--otlp <url>',
      'collector of traces, OpenTelemetry over HTTP, such as http://127.0.0.1:4318 (default: what OTEL_EXPORTER_OTLP_ENDPOINT names, or none)',
    )
    .option('--log-level <level>', 'trace, debug, info, warn, error, fatal or silent; a line a request at info', 'info')
    .addOption(workersOption().default(1))
    .addHelpText(
      'after',
      `
Examples:
  npx slatewise serve models/a
  npx slatewise serve models --active a --port 8080 --journal journal
  npx slatewise serve models --journal redis://127.0.0.1:6379 --snapshots snapshots/1
  npx slatewise serve --new-key rank,events --key-name shop
  npx slatewise serve models --host 0.0.0.0 --keys keys.txt --metrics-port 9090`,
    )
    .action(async (models: string | undefined, options: ServeArguments) => {
      const { runServe } = await import('../actions/serve.ts');
      await runServe(models, options);
    });
}
