import { importLog } from '../datasets/import/import-log.ts';
import { journalSource } from '../serve/journal/journal-source.ts';
import { InputError } from '../slate/input-error.ts';
import { withoutPeriods } from './left-out.ts';
import type { RetrainWork } from './retrain-work.ts';
import type { DataFacts } from './verdict.ts';

/** The journal as a data set, without what is left out. No list may be left only where days were refused: then there is no data set. */
export async function importJournal({
  journal,
  settings,
  data,
  leftOut,
  refused,
  reporter,
  signal,
}: RetrainWork): Promise<DataFacts> {
  const { joinWindow, labelTypes } = settings;
  const source = withoutPeriods(journalSource(journal.name, { joinWindow, labelTypes }, journal), leftOut);
  try {
    const summary = await importLog(source, data, {
      ...{ joinWindow, labelTypes, signal, keepsRejected: false },
      onProgress: (done) => reporter.progress({ task: 'import', done, unit: 'entries' }),
    });
    const { lists, clicks, firstTime, lastTime } = summary;
    const [from, to] = [firstTime, lastTime].map((time) => new Date(time).toISOString());
    return { sequence: summary.journal?.sequence ?? 0, lists, clicks, from, to };
  } catch (error) {
    if (!(error instanceof InputError) || error.code !== 'no-lists' || refused.length === 0) throw error;
    return { sequence: source.position?.()?.sequence ?? 0, lists: 0, clicks: 0, from: null, to: null };
  } finally {
    reporter.done('import');
  }
}
