/** What can be trained here, from the model that sees no company to those with a second loss. */
export const playgroundRecipes = ['pointwise-bce', 'attention-bce', 'attention-triplet', 'attention-listnet'] as const;
export type PlaygroundRecipe = (typeof playgroundRecipes)[number];
