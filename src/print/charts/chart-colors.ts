/**
 * The colours of every picture, as they are in light. They stand in the attributes of its marks, so that a program that knows no styles shows it in light; the style below replaces each of
 * these very values where the reader prefers dark.
 */
export const CHART_COLORS = {
  ink: '#1f2430',
  soft: '#5b6472',
  paper: '#fffffe',
  field: '#f1f3f6',
  grid: '#e2e5ea',
  better: '#17703c',
  worse: '#a82626',
  open: '#69707d',
  /** The ends of ColorBrewer's RdBu, which those who confuse red and green can tell apart. */
  raises: '#2166ac',
  lowers: '#b2182b',
} as const;

/** Of lines in one picture, in this order. */
export const LINE_COLORS: readonly string[] = ['#2f6db5', '#c7530f', '#17785a', '#8a4fb8', '#8f6b0a', '#5b6473'];

/** Beside the colour, so that a print in grey tells the lines apart. */
export const LINE_DASHES: readonly string[] = ['', '7 3', '2 3', '9 3 2 3', '4 4', '1 4'];

const DARK: Readonly<Record<string, string>> = {
  [CHART_COLORS.ink]: '#e7e9ee',
  [CHART_COLORS.soft]: '#a3acba',
  [CHART_COLORS.paper]: '#1c2027',
  [CHART_COLORS.field]: '#2a303a',
  [CHART_COLORS.grid]: '#363d49',
  [CHART_COLORS.better]: '#6fcf97',
  [CHART_COLORS.worse]: '#f08a8a',
  [CHART_COLORS.open]: '#9aa3b2',
  [LINE_COLORS[0]]: '#7db3f0',
  [LINE_COLORS[1]]: '#f49a5c',
  [LINE_COLORS[2]]: '#5fd0a5',
  [LINE_COLORS[3]]: '#c79bf0',
  [LINE_COLORS[4]]: '#e0bf5a',
  [LINE_COLORS[5]]: '#a3acbb',
};

const replaced = Object.entries(DARK)
  .map(
    ([light, dark]) => `.picture [fill="${light}"] { fill:${dark}; } .picture [stroke="${light}"] { stroke:${dark}; }`,
  )
  .join('\n');

/** Within each picture that is a file by itself, and once in a page. */
export const CHART_STYLE: string = `
.picture text { font-family:system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
@media screen and (prefers-color-scheme: dark) {
${replaced}
}
`;
