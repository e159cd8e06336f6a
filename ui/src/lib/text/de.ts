/** Every text of the window, in German. */

import type { Catalogue } from ".";
import { controls } from "./de/controls";
import { document } from "./de/document";
import { files } from "./de/files";
import { firm } from "./de/firm";
import { forms } from "./de/forms";
import { history } from "./de/history";
import { matter } from "./de/matter";
import { preflight } from "./de/preflight";
import { search } from "./de/search";
import { about, closing, settings, welcome } from "./de/settings";
import { shell } from "./de/shell";
import { sidebar } from "./de/sidebar";
import { problems, queue, report, tray } from "./de/tray";

export const de: Catalogue = {
  about,
  closing,
  controls,
  document,
  files,
  firm,
  forms,
  history,
  matter,
  preflight,
  problems,
  queue,
  report,
  search,
  settings,
  shell,
  sidebar,
  tray,
  welcome,
};
