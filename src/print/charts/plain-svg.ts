/**
 * The marks of a rendered chart without the renderer's hover styles and chart metadata, which mean nothing on a still page, without its white ground, and without its clip paths: every mark lies
 * within the scale, and their ids count the charts drawn so far, so the same report would differ from run to run.
 */
export function plainSvg(svg: string): string {
  return svg
    .replace(/<(style|defs)\b[\s\S]*?<\/\1>/g, '')
    .replace(/ (class|clip-path|ecmeta_[a-z_]+|pointer-events|baseProfile|xmlns:xlink)="[^"]*"/g, '')
    .replace(/^\s*<svg[^>]*>/, '<g>')
    .replace(/<\/svg>\s*$/, '</g>');
}
