/** Gives back the memory of a canvas now: a web view may keep that of one that is no longer used for minutes. */
export function releaseCanvas(canvas: HTMLCanvasElement): void {
  canvas.width = 0;
  canvas.height = 0;
}
