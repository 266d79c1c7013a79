/** The ends of ColorBrewer's RdBu, which those who confuse red and green can tell apart. */
export const INFLUENCE_COLORS = { lowers: '#b2182b', raises: '#2166ac' } as const;

const OF_CHART = '[data-chart="influence"]';

/** Within the picture, so that a file by itself is light or dark as its reader is; without variables, which many programs do not know. */
export const INFLUENCE_STYLE: string = `
${OF_CHART} text { font:13px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; fill:#1f2430; }
${OF_CHART} .title { font-size:17px; font-weight:600; }
${OF_CHART} .soft { font-size:12px; fill:#5b6472; }
${OF_CHART} .paper { fill:#ffffff; }
${OF_CHART} .cell { fill:#f1f3f6; }
${OF_CHART} .frame { fill:none; stroke:#1f2430; stroke-width:2; }
@media (prefers-color-scheme: dark) {
${OF_CHART} text { fill:#e7e9ee; }
${OF_CHART} .soft { fill:#a3acba; }
${OF_CHART} .paper { fill:#14171c; }
${OF_CHART} .cell { fill:#262c35; }
${OF_CHART} .frame { stroke:#e7e9ee; }
}
${OF_CHART} .on-deep { fill:#ffffff; }
`;
