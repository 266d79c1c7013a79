/** What the bar and the marks of a card mean: said once, above the cards. */
import type { JSX } from 'preact';
import { Explained } from '../shared/explained.tsx';

export const Legend = (): JSX.Element => (
  <p class="legend row small soft">
    <span class="key now">
      <Explained by="The bar: the click probability of the item where it stands, in the company of the others. It is calibrated on lists that the model did not learn from, where that gained anything.">
        now
      </Explained>
    </span>
    <span class="key before">
      <Explained by="The same before the last change, or in the list as it was opened: the choice beside Undo says which. The number with the arrow is the difference, in points of probability.">
        before
      </Explained>
    </span>
    <span class="key alone">
      <Explained by="The click probability of the item at the same place, if nothing stood beside it.">alone</Explained>
    </span>
    <span>
      <Explained by="Point at a card, or move the focus to it: every other card then says what that item's being on the list does to it. It is found by leaving the item out.">
        lifts, takes
      </Explained>
    </span>
  </p>
);
