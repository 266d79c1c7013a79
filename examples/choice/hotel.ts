import { InputError } from 'slatewise';
import { z } from 'zod';
import type { ChoiceData, Occasion } from './occasions.ts';

const transactions = z.array(z.object({ offered_products: z.array(z.number()), product: z.number() })).min(1);
const hotelSchema = z.object({
  product_labels: z.record(z.string(), z.string()),
  transactions: z.object({ in_sample_transactions: transactions, out_of_sample_transactions: transactions }),
});

/** The product that stands for going away without a room. */
const NONE = 0;

/**
 * Rooms that were on offer and the one that was booked, or none: `{ product_labels, transactions: { in_sample_transactions, out_of_sample_transactions } }`, each transaction
 * `{ offered_products, product }`, where product 0 is always on offer and means that nothing was booked. What is out of sample is the file's own test part.
 */
export function readHotel(text: string, file: string): ChoiceData {
  const parsed = hotelSchema.safeParse(JSON.parse(text));
  if (!parsed.success)
    throw new InputError(
      `${file}: expected transactions of a hotel, found something else; ${parsed.error.issues[0].message}`,
      'file-damaged',
    );
  const { product_labels: labels, transactions } = parsed.data;
  const roomOf = (product: number): string => labels[product] ?? `room ${product}`;
  const occasionOf = ({
    offered_products,
    product,
  }: (typeof transactions.in_sample_transactions)[number]): Occasion => {
    const rooms = offered_products.filter((each) => each !== NONE);
    const chosen = product === NONE ? undefined : rooms.indexOf(product);
    if (chosen === -1)
      throw new InputError(
        `${file}: expected the product that is chosen on offer, found ${product}, which is not`,
        'file-damaged',
      );
    return { user: '', fields: {}, alternatives: rooms.map((room) => ({ item: roomOf(room), fields: {} })), chosen };
  };
  const before = transactions.in_sample_transactions.map(occasionOf);
  const after = transactions.out_of_sample_transactions.map(occasionOf);
  return {
    occasions: [...before, ...after],
    items: new Map(Object.values(labels).map((room) => [room, { room }])),
    users: new Map(),
    skipped: 0,
    testFrom: before.length,
  };
}
