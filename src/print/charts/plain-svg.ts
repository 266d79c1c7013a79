/**
 * A rendered chart without the renderer's hover styles and chart metadata, which mean nothing on a still page, and without its clip paths: every mark lies
 * within the scale, and their ids count the charts drawn so far, so the same report would differ from run to run. The size is left to the view box.
 */
export function plainSvg(svg: string, { width, height }: { readonly width: number; readonly height: number }): string {
  return svg
    .replace(/<(style|defs)\b[\s\S]*?<\/\1>/g, '')
    .replace(/ (class|clip-path|ecmeta_[a-z_]+|pointer-events|baseProfile|xmlns:xlink)="[^"]*"/g, '')
    .replace(`<svg width="${width}" height="${height}"`, '<svg role="img"');
}
