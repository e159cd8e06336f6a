/**
 * PDF files, drawn by pdf.js. It runs no script of a document and follows no link; nothing is fetched but its own fonts
 * and character maps, which come with the window. It is loaded when the first PDF is opened.
 */

import * as pdfjs from "pdfjs-dist/legacy/build/pdf.mjs";
import decoder from "pdfjs-dist/wasm/openjpeg_nowasm_fallback.js?url";

import { releaseCanvas } from "./canvases";
import { ownFile } from "./pdfFiles";
import { Lacking } from "./pdfLacking";
import { mayHoldLarge, mostPicturePixels } from "./pdfLarge";
import { markNotes, type OnPage } from "./pdfNotes";
import { scaleFor } from "./pdfScale";
import PdfWorker from "./pdfWorker?worker";
import { Turns } from "./turns";

/** An open PDF. */
export interface Pdf {
  readonly pages: number;
  /** One page, counted from 1. */
  page(number: number): Promise<PdfPage>;
  /** Frees the document and its resources. */
  close(): void;
}

/** A page of a PDF. */
export interface PdfPage {
  /** In points, with the document's rotation applied. */
  readonly width: number;
  readonly height: number;
  /**
   * Draws it off screen at this many device pixels wide, and returns it once it is complete: with its stamps, notes and
   * filled fields, which are drawn last.
   *
   * Rejects when it can't be drawn, and with the signal's reason when it is aborted; nothing is left behind then.
   */
  draw(width: number, signal: AbortSignal): Promise<HTMLCanvasElement>;
  /** Whether a picture on it is too large to draw: it is missing from every drawing of the page. */
  lacksPicture(): Promise<boolean>;
  /** Its text, for screen readers. */
  text(): Promise<string>;
  /** Frees its resources until it is drawn again. */
  rest(): void;
}

/** Thrown for a PDF that asks for a password. */
export class ProtectedPdf extends Error {}

/** This many pages of a document are drawn at once: one that never ends does not hold up the others. */
const atOnce = 2;

/** Fonts and character maps by their names, served with the window itself. */
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
 * Fails with `ProtectedPdf` for a password-protected file, and with another error for a file that is no PDF.
 */
export async function openPdf(bytes: ArrayBuffer): Promise<Pdf> {
  // Our own worker: pdf.js would start one from a text where the window has a custom URL scheme.
  const port = new PdfWorker();
  const broken = new Promise<never>((_, fail) => {
    port.addEventListener("error", () => {
      fail(new Error("The program that draws PDF files could not be started."));
    });
  });
  const worker = pdfjs.PDFWorker.create({ port, verbosity: pdfjs.VerbosityLevel.ERRORS });
  const close = (): void => {
    void task.destroy();
    lacking?.close();
    worker.destroy();
    port.terminate();
  };
  const options = {
    worker,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
    isEvalSupported: false,
    enableXfa: false,
    useWasm: false,
    // Fonts of a document are drawn as shapes, and never installed as fonts of the page.
    disableFontFace: true,
    useSystemFonts: false,
    maxImageSize: mostPicturePixels,
    useWorkerFetch: false,
    BinaryDataFactory: OwnFiles,
    cMapUrl: "own/",
    standardFontDataUrl: "own/",
    // The picture decoder without WebAssembly, which the window does not allow.
    wasmUrl: new URL(".", new URL(decoder, location.href)).href,
  };
  const data = new Uint8Array(bytes);
  const lacking = mayHoldLarge(data) ? new Lacking(options, data.slice()) : undefined;
  const task = pdfjs.getDocument({ ...options, data });
  try {
    const document = await Promise.race([task.promise, broken]);
    const turns = new Turns(atOnce);
    return {
      pages: document.numPages,
      page: async (number) => ({
        ...pageOf(await Promise.race([document.getPage(number), broken]), turns, broken),
        lacksPicture: () => lacking?.page(number) ?? Promise.resolve(false),
      }),
      close,
    };
  } catch (error) {
    close();
    if (error instanceof Error && error.name === "PasswordException") throw new ProtectedPdf();
    throw error;
  }
}

/** One page; `broken` rejects when the worker that reads the document ends. */
function pageOf(
  page: pdfjs.PDFPageProxy,
  turns: Turns,
  broken: Promise<never>,
): Omit<PdfPage, "lacksPicture"> {
  const { width, height } = page.getViewport({ scale: 1 });
  return {
    width,
    height,
    draw: (wanted, signal) =>
      turns.take(signal, async () => {
        const viewport = page.getViewport({ scale: scaleFor({ width, height }, wanted) });
        // A separate canvas for each drawing: one that is restarted or resized loses its transformation, and the rest
        // is drawn upside down.
        const canvas = globalThis.document.createElement("canvas");
        canvas.width = Math.max(1, Math.round(viewport.width));
        canvas.height = Math.max(1, Math.round(viewport.height));
        const { ENABLE: annotationMode } = pdfjs.AnnotationMode;
        const task = page.render({ canvas, viewport, annotationMode });
        const cancel = (): void => {
          task.cancel();
        };
        signal.addEventListener("abort", cancel, { once: true });
        try {
          const annotations = page.getAnnotations({ intent: "display" }) as Promise<OnPage[]>;
          const [, lying] = await Promise.race([Promise.all([task.promise, annotations]), broken]);
          signal.throwIfAborted();
          markNotes(canvas, viewport, lying);
          return canvas;
        } catch (error) {
          releaseCanvas(canvas);
          signal.throwIfAborted();
          throw error;
        } finally {
          signal.removeEventListener("abort", cancel);
        }
      }),
    async text() {
      const { items } = await Promise.race([page.getTextContent(), broken]);
      return items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join("");
    },
    rest() {
      page.cleanup();
    },
  };
}
