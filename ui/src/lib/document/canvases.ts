/** Frees the memory of a canvas at once: a web view may keep that of an unused one for minutes. */
export function releaseCanvas(canvas: HTMLCanvasElement): void {
  canvas.width = 0;
  canvas.height = 0;
}
