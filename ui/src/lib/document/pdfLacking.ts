/** Which pages of a PDF lack a picture, because it is too large to be drawn. */

import * as pdfjs from "pdfjs-dist/legacy/build/pdf.mjs";

import { pictureLeftOut } from "./pdfLarge";
import PdfWorker from "./pdfWorker?worker";

/**
 * Reads the pages of a document again, one after the other, to find out what is left out of each: while several are
 * drawn at once, pdf.js does not report it.
 */
export class Lacking {
  readonly #port = new PdfWorker();
  readonly #worker: pdfjs.PDFWorker;
  readonly #task: pdfjs.PDFDocumentLoadingTask;
  readonly #pages = new Map<number, Promise<boolean>>();
  /** Rejects when the worker ends. */
  readonly #broken: Promise<never>;
  #last: Promise<unknown> = Promise.resolve();
  #heard = false;

  /** For the document with these options. */
  constructor(options: object, data: Uint8Array) {
    this.#port.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
      if (data === pictureLeftOut) this.#heard = true;
    });
    this.#broken = new Promise((_, fail) => {
      this.#port.addEventListener("error", () => {
        fail(new Error("The program that reads PDF files could not be started."));
      });
    });
    this.#broken.catch(() => undefined);
    const verbosity = pdfjs.VerbosityLevel.WARNINGS;
    this.#worker = pdfjs.PDFWorker.create({ port: this.#port, verbosity });
    this.#task = pdfjs.getDocument({ ...options, data, worker: this.#worker, verbosity });
    this.#task.promise.catch(() => undefined);
  }

  /** Whether a picture is left out of a page, counted from 1. */
  page(number: number): Promise<boolean> {
    const known = this.#pages.get(number);
    if (known) return known;
    const found = this.#last.then(() => Promise.race([this.#look(number), this.#broken]));
    this.#last = found.catch(() => undefined);
    this.#pages.set(number, found);
    return found;
  }

  close(): void {
    void this.#task.destroy();
    this.#worker.destroy();
    this.#port.terminate();
  }

  async #look(number: number): Promise<boolean> {
    const page = await (await this.#task.promise).getPage(number);
    this.#heard = false;
    await page.getOperatorList();
    page.cleanup();
    return this.#heard;
  }
}
