import { importLog } from '../datasets/import/import-log.ts';
import { journalSource } from '../serve/journal/journal-source.ts';
import { withoutPeriods } from './left-out.ts';
import type { RetrainWork } from './retrain-work.ts';
import type { DataFacts } from './verdict.ts';

/** The journal as a data set, without what is left out. */
export async function importJournal({
  journal,
  settings,
  data,
  leftOut,
  reporter,
  signal,
}: RetrainWork): Promise<DataFacts> {
  const { joinWindow, labelTypes } = settings;
  const source = withoutPeriods(journalSource(journal.name, { joinWindow, labelTypes }, journal), leftOut);
  const summary = await importLog(source, data, {
    ...{ joinWindow, labelTypes, signal, keepsRejected: false },
    onProgress: (done) => reporter.progress({ task: 'import', done, unit: 'entries' }),
  });
  reporter.done('import');
  const { lists, clicks, firstTime, lastTime } = summary;
  const [from, to] = [firstTime, lastTime].map((time) => new Date(time).toISOString());
  return { sequence: summary.journal?.sequence ?? 0, lists, clicks, from, to };
}
