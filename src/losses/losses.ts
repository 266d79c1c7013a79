import { createRegistry, type Registry } from '../slate/registry.ts';
import { anyClickLoss } from './any-click.ts';
import { bceLoss } from './bce.ts';
import { choiceLoss } from './choice.ts';
import { jrcLoss } from './jrc.ts';
import { listNetLoss } from './list-net.ts';
import type { Loss } from './loss.ts';
import { pairLoss } from './pair.ts';
import { rcrLoss } from './rcr.ts';
import { tripletLoss } from './triplet.ts';

/** Every loss of the program, in the order in which errors list them. */
export const losses: Registry<Loss> = createRegistry<Loss>('loss', [
  bceLoss,
  rcrLoss,
  jrcLoss,
  pairLoss,
  anyClickLoss,
  choiceLoss,
  listNetLoss,
  tripletLoss,
]);
