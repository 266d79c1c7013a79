import type { LogEvent } from 'slatewise/data';
import type { ChoiceData } from './occasions.ts';

/** The files give no times: occasion n is shown n minutes after this moment, so that the log keeps their order. */
const START = Date.UTC(2000, 0, 1);
const MINUTE = 60_000;

/** The id of the ranking that occasion `index` becomes: how splits find it again. */
export const rankingId = (index: number): string => `choice-${index}`;

/** Items and users first, then for every occasion its ranking and the click on what was chosen, if anything was. */
export function* choiceEvents({ occasions, items, users }: ChoiceData): Generator<LogEvent> {
  for (const [item, fields] of items) yield { event: 'item', item, time: START, fields };
  for (const [user, fields] of users) yield { event: 'user', user, time: START, fields };
  for (const [index, { user, fields, alternatives, chosen }] of occasions.entries()) {
    const time = START + (index + 1) * MINUTE;
    const ranking = rankingId(index);
    const shown = alternatives.map((each) => ({ id: each.item, fields: each.fields }));
    yield { event: 'ranking', id: ranking, time, user, fields, items: shown };
    if (chosen === undefined) continue;
    yield { event: 'interaction', ranking, time: time + 1000, user, item: alternatives[chosen].item, type: 'click' };
  }
}
