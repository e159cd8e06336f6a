/** pdf.js in a worker. What it would only write to the console of a picture that it leaves out, it tells the page. */

import "pdfjs-dist/legacy/build/pdf.worker.min.mjs";

import { pictureLeftOut } from "./pdfLarge";

console.warn = (said: unknown): void => {
  if (String(said).includes("Image exceeded maximum allowed size")) self.postMessage(pictureLeftOut);
};
