/** Legend: U users, C columns. */

/** Numbers of each user, row by row, so that one pass weighs all of them. */
export interface UserTable {
  readonly columns: number;
  readonly valuesUC: Float64Array;
}

export const userTable = (users: number, columns: number): UserTable => ({
  columns,
  valuesUC: new Float64Array(users * columns),
});

/** The sum of each column over the users, each as often as its weight says. */
export function weightedSums({ columns, valuesUC }: UserTable, weightU: Int32Array): Float64Array {
  const sumC = new Float64Array(columns);
  for (let user = 0; user < weightU.length; user++) {
    const weight = weightU[user];
    if (weight === 0) continue;
    const row = user * columns;
    for (let column = 0; column < columns; column++) sumC[column] += weight * valuesUC[row + column];
  }
  return sumC;
}
