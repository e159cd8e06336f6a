/** The actions for files and folders of a list. */

import type { FileRow, FolderView, RestoreWhat } from "../../backend";
import type { MenuItem } from "../../controls/menu";
import { asText, provenance } from "../../document/provenance";
import type { Selection } from "../../list/selection.svelte";
import type { RowCache } from "../../list/rowCache.svelte";
import type { App } from "../../state/app.svelte";
import { t } from "../../text";

/** The target of the actions. */
export interface Given {
  app: App;
  matter: string;
  files: RowCache<FileRow>;
  selection: Selection;
}

type Action = Exclude<MenuItem, "line">;

/** The actions for the selected files. */
export function fileActions(given: Given): Action[] {
  const { app, files, selection } = given;
  const count = selection.count(files.total);
  const one: Action[] = [
    {
      label: t.files.open,
      icon: "file",
      run: () =>
        withOne(given, (file) => {
          app.openDocument({ content: file.content, matter: file.matter, id: file.id });
        }),
    },
    {
      label: t.files.openOutside,
      icon: "external",
      run: () => withOne(given, (file) => app.openOutside(file.content, file.name)),
    },
  ];
  const provenanceOf: Action = {
    label: t.files.copyProvenance,
    icon: "copy",
    run: () => withOne(given, (file) => copyProvenance(app, file)),
  };
  return [
    ...(count === 1 ? one : []),
    {
      label: count === 1 ? t.files.restore : t.files.restoreSelected(count),
      icon: "restore",
      run: () => restore(given),
    },
    ...(count === 1 ? [provenanceOf] : []),
  ];
}

/** The actions for a folder. */
export function folderActions({ app, matter }: Given, { path }: FolderView): Action[] {
  return [
    { label: t.files.openFolder, icon: "folderOpen", run: () => (app.folder = path) },
    {
      label: t.files.restoreFolder,
      icon: "restore",
      run: () => app.ask(app.backend.restore({ kind: "folder", matter, path })),
    },
  ];
}

/** The ids of the selected files; if all but some are selected, they are read first. */
export async function selectedIds({ files, selection }: Given): Promise<string[]> {
  const named = selection.named();
  if (named) return named;
  const rows = await files.load(0, files.total);
  return rows.map((row) => row.id).filter((id) => selection.has(id));
}

async function restore(given: Given): Promise<void> {
  const { app, matter } = given;
  const ids = await app.ask(selectedIds(given));
  const [first] = ids ?? [];
  if (!ids || first === undefined) return;
  const what: RestoreWhat =
    ids.length === 1 ? { kind: "document", matter, id: first } : { kind: "documents", matter, ids };
  await app.ask(app.backend.restore(what));
}

async function copyProvenance(app: App, { content, matter, id, name }: FileRow): Promise<void> {
  const document = await app.ask(app.backend.document(content, matter, id));
  if (!document) return;
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const { matters, version } = app;
  const text = asText(provenance({ document, name, matters, version, now: Date.now(), zone }));
  if ((await app.ask(app.backend.copyText(text))) !== undefined) app.toast(t.document.copied);
}

async function withOne({ app, files, selection }: Given, act: (file: FileRow) => unknown): Promise<void> {
  const chosen = (row: FileRow) => selection.has(row.id);
  const row = files.find(chosen) ?? (await app.ask(files.load(0, files.total)))?.find(chosen);
  if (row) await act(row);
}
