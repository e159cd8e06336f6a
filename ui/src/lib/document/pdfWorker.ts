/** pdf.js in a worker. It would only log a picture it leaves out; this reports it to the page. */

import "pdfjs-dist/legacy/build/pdf.worker.min.mjs";

import { pictureLeftOut } from "./pdfLarge";

console.warn = (said: unknown): void => {
  if (String(said).includes("Image exceeded maximum allowed size")) self.postMessage(pictureLeftOut);
};
