/**
 * PDF files, drawn by pdf.js. It runs no script of a document and follows no link; nothing is fetched but its own fonts
 * and character maps, which come with the window. It is loaded when the first PDF is opened.
 */

import * as pdfjs from "pdfjs-dist/legacy/build/pdf.mjs";
import PdfWorker from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?worker";
import decoder from "pdfjs-dist/wasm/openjpeg_nowasm_fallback.js?url";

import { ownFile } from "./pdfFiles";

/** An open PDF. */
export interface Pdf {
  readonly pages: number;
  /** One page, counted from 1. */
  page(number: number): Promise<PdfPage>;
  /** Lets go of the document and of what it is drawn with. */
  close(): void;
}

/** A page of a PDF. */
export interface PdfPage {
  /** In points. */
  readonly width: number;
  readonly height: number;
  /** Draws it so many device pixels wide; what is being drawn of it on the same canvas is broken off. */
  draw(canvas: HTMLCanvasElement, width: number): Promise<void>;
  /** What is written on it, for those who can't see it. */
  text(): Promise<string>;
}

/** Thrown for a PDF that asks for a password. */
export class ProtectedPdf extends Error {}

/** More pixels than this are not drawn at once: a page of this size is sharp at any zoom that is offered. */
const mostPixels = 16_000_000;

/** Fonts and character maps by their names, from where the window itself comes from. */
class OwnFiles {
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    const response = await fetch(ownFile(filename));
    if (!response.ok) throw new Error(`${filename} is missing`);
    return new Uint8Array(await response.arrayBuffer());
  }
}

/**
 * Opens a PDF.
 *
 * Fails with `ProtectedPdf` for one with a password, with another error for what is no PDF.
 */
export async function openPdf(bytes: ArrayBuffer): Promise<Pdf> {
  // A worker of our own: pdf.js would start one from a text where the window has an address of its own kind.
  const port = new PdfWorker();
  const broken = new Promise<never>((_, fail) => {
    port.addEventListener("error", () => {
      fail(new Error("The program that draws PDF files could not be started."));
    });
  });
  const worker = pdfjs.PDFWorker.create({ port, verbosity: pdfjs.VerbosityLevel.ERRORS });
  const close = (): void => {
    void task.destroy();
    worker.destroy();
    port.terminate();
  };
  const task = pdfjs.getDocument({
    data: new Uint8Array(bytes),
    worker,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
    isEvalSupported: false,
    enableXfa: false,
    useWasm: false,
    // Fonts of a document are drawn as shapes, and never reach the fonts of the system.
    disableFontFace: true,
    useSystemFonts: false,
    maxImageSize: 80_000_000,
    useWorkerFetch: false,
    BinaryDataFactory: OwnFiles,
    cMapUrl: "own/",
    standardFontDataUrl: "own/",
    // The decoder of pictures without WebAssembly, which the window does not allow.
    wasmUrl: new URL(".", new URL(decoder, location.href)).href,
  });
  try {
    const document = await Promise.race([task.promise, broken]);
    return {
      pages: document.numPages,
      page: async (number) => pageOf(await document.getPage(number)),
      close,
    };
  } catch (error) {
    close();
    if (error instanceof Error && error.name === "PasswordException") throw new ProtectedPdf();
    throw error;
  }
}

function pageOf(page: pdfjs.PDFPageProxy): PdfPage {
  const { width, height } = page.getViewport({ scale: 1 });
  let drawing: pdfjs.RenderTask | null = null;
  return {
    width,
    height,
    async draw(canvas, wanted) {
      drawing?.cancel();
      const most = Math.sqrt(mostPixels / (width * height));
      const viewport = page.getViewport({ scale: Math.min(wanted / width, most) });
      canvas.width = Math.floor(viewport.width);
      canvas.height = Math.floor(viewport.height);
      const task = page.render({ canvas, viewport });
      drawing = task;
      try {
        await task.promise;
      } catch (error) {
        if (!(error instanceof pdfjs.RenderingCancelledException)) throw error;
      }
    },
    async text() {
      const { items } = await page.getTextContent();
      return items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join("");
    },
  };
}
