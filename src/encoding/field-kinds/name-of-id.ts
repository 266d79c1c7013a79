/** Whether a field is called as an id is: `id`, `chain_id`, `brandId`, `zip code`. */
export const isNameOfId = (name: string): boolean =>
  /(?:^|[^a-z])(?:ids?|code|zip|sku)$/i.test(name) || /[a-z]Ids?$/.test(name);
