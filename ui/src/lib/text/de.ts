/** Every text of the window, in German. */

import type { Catalogue } from ".";
import { controls } from "./de/controls";
import { document } from "./de/document";
import { files } from "./de/files";
import { forms } from "./de/forms";
import { history } from "./de/history";
import { matter } from "./de/matter";
import { shell } from "./de/shell";
import { sidebar } from "./de/sidebar";

export const de: Catalogue = { controls, document, files, forms, history, matter, shell, sidebar };
