/** Notes and attached files without an appearance of their own: an icon where each is. */

/** The properties needed of one. */
export interface OnPage {
  subtype?: string;
  hasAppearance?: boolean;
  /** A reply is below the note it answers. */
  inReplyTo?: string | null;
  /** In points: left, bottom, right, top. */
  rect?: number[];
}

/** The position on the canvas of a position on the page. */
interface Places {
  readonly scale: number;
  convertToViewportPoint(x: number, y: number): number[];
}

/** The size of icons in other programs, in points. */
const side = 18;

/** Draws an icon for each that would be invisible otherwise, with its top left corner at the note's position. */
export function markNotes(canvas: HTMLCanvasElement, places: Places, all: readonly OnPage[]): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  for (const { subtype, hasAppearance, inReplyTo, rect } of all) {
    if (subtype !== "Text" && subtype !== "FileAttachment") continue;
    const [left, , , top] = rect ?? [];
    if (hasAppearance || inReplyTo || left === undefined || top === undefined) continue;
    const [x = 0, y = 0] = places.convertToViewportPoint(left, top);
    context.save();
    context.setTransform(places.scale, 0, 0, places.scale, x, y);
    context.fillStyle = subtype === "Text" ? "#ffdf5d" : "#d9dde2";
    context.strokeStyle = "#5c4a00";
    context.lineWidth = 1;
    context.fillRect(0.5, 0.5, side - 1, side - 1);
    context.strokeRect(0.5, 0.5, side - 1, side - 1);
    context.beginPath();
    for (const line of [5, 9, 13]) {
      context.moveTo(4, line);
      context.lineTo(side - 4, line);
    }
    context.stroke();
    context.restore();
  }
}
