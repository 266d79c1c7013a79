/** Steps that searches may still take. */
export interface NodeBudget {
  left: number;
}

/** Of all searches for one request: some seconds. */
export const createBudget = (): NodeBudget => ({ left: 5_000_000 });
