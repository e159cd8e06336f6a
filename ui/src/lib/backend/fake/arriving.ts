/** The result of a drop in a fake vault once it is filed. */

import type { WorkView } from "../bindings";
import { type Box, boxRows } from "./boxes";
import { digits } from "./chance";
import type { Vault } from "./vault";

/** Adds a drop and its new documents to its matter. */
export function fileBox(vault: Vault, work: WorkView, box: Box, at: number): void {
  const matter = vault.matter(work.matter ?? "general");
  const { papers, drops } = vault.holdings(matter.id);
  const { new: fresh, already, repeated, leftOut, bytes, bytesToStore } = box.preflight;
  const first = papers.length;
  for (const [number, { name, folder, size, modified }] of boxRows(box, "new", 0, fresh).entries()) {
    const id = `${matter.id}-${String(first + number)}`;
    papers.push({
      id,
      matter: matter.id,
      content: digits(`${work.id}/${id}`),
      name,
      size: size ?? 0,
      modified: modified ?? 0,
      places: [{ drop: work.id, folder }],
    });
  }
  drops.push({
    extra: [],
    view: {
      id: work.id,
      matter: matter.id,
      person: "Dana Ruiz",
      device: "Front desk PC",
      names: work.names,
      places: work.names.map((name) => `/media/usb/${name}`),
      started: work.started,
      finished: at,
      stored: fresh,
      already: already + repeated,
      failed: work.attention,
      interrupted: 0,
      leftOut,
      bytes,
      bytesStored: bytesToStore,
      here: true,
      attention: work.attention,
    },
  });
  vault.changeMatter(matter.id, { files: papers.length, lastFiled: at });
}
