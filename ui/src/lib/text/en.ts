/** Every text of the window, in English, by area of the window. A translation is another folder with the same keys. */

import { controls } from "./en/controls";
import { document } from "./en/document";
import { files } from "./en/files";
import { firm } from "./en/firm";
import { forms } from "./en/forms";
import { history } from "./en/history";
import { matter } from "./en/matter";
import { preflight } from "./en/preflight";
import { search } from "./en/search";
import { about, closing, settings, welcome } from "./en/settings";
import { shell } from "./en/shell";
import { sidebar } from "./en/sidebar";
import { problems, queue, report, tray } from "./en/tray";

export const en = {
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
