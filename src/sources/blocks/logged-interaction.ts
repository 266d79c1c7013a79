import type { InteractionEvent } from '../../slate/events.ts';
import type { Logged } from '../join/joined.ts';
import type { RowPlace } from '../row-place.ts';
import type { IdCodes, InteractionBlock } from './event-block.ts';

/** An interaction of a block. Its text is looked up when it is asked for, which is rare; what is held then does not hold the block. */
export function loggedInteraction(block: InteractionBlock, at: number, codes: IdCodes): Logged<InteractionEvent> {
  const user = block.users[at];
  return new LoggedInteraction(
    {
      event: 'interaction',
      ranking: block.rankings[at],
      time: block.times[at],
      user: user < 0 ? '' : codes.users.ids[user],
      item: codes.items.ids[block.items[at]],
      type: block.typeNames[block.types[at]],
    },
    block,
    at,
  );
}

class LoggedInteraction implements Logged<InteractionEvent> {
  readonly event: InteractionEvent;
  readonly line: number;
  #block: InteractionBlock | undefined;
  readonly #at: number;
  #raw = '';
  #place: RowPlace | undefined;

  constructor(event: InteractionEvent, block: InteractionBlock, at: number) {
    this.event = event;
    this.line = block.lines[at];
    this.#block = block;
    this.#at = at;
  }

  get raw(): string {
    this.#lookUp();
    return this.#raw;
  }

  get place(): RowPlace | undefined {
    this.#lookUp();
    return this.#place;
  }

  #lookUp(): void {
    if (!this.#block) return;
    this.#raw = this.#block.rawOf(this.#at);
    this.#place = this.#block.placeOf(this.#at);
    this.#block = undefined;
  }
}
