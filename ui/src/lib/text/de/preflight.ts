import type { Catalogue } from "..";
import { number } from "../../format";
import { counted } from "../counted";
import { files, folders } from "./counted";

const locations = (count: number) => counted("de", count, { one: "Fundort", other: "Fundorte" });

export const preflight: Catalogue["preflight"] = {
  title: (names, matter) => `${names} → ${matter}`,
  quoted: (name) => `„${name}“`,
  andMore: (name, more) => `„${name}“ und ${number(more)} weitere`,
  asOfCopy:
    "Der Tresor der Kanzlei ist nicht erreichbar: So kennt es die Kopie auf diesem Computer. Bevor etwas gespeichert wird, wird der Tresor noch einmal gefragt.",
  reading: "Der Inhalt wird gelesen. Es wurde noch nichts gespeichert.",
  found: (count) => `${files(count)} gefunden`,
  read: (count, bytes) => `${number(count)} gelesen, ${bytes}`,
  lead: (count, inFolders, bytes) =>
    `${files(count)} in ${folders(inFolders)}, ${bytes}. Es wurde noch nichts gespeichert.`,
  leadFiles: (count, bytes) => `${files(count)}, ${bytes}. Es wurde noch nichts gespeichert.`,
  allKnown: (count) =>
    `Alles ist schon im Tresor; ${locations(count)} ${count === 1 ? "wird" : "werden"} vermerkt.`,
  nothing: "Es ist nichts darin, was abgelegt werden könnte.",
  nothingReadable: "Nichts darin konnte gelesen werden.",
  rows: {
    new: "neu",
    already: "schon im Tresor – ihre neuen Fundorte werden vermerkt",
    repeated: "noch einmal derselbe Inhalt in dieser Ablage",
    leftOut: "ausgelassen",
    leftOutNamed: (names) => `ausgelassen: ${names}`,
    problems: "nicht lesbar – jede kann später noch einmal versucht werden",
  },
  lists: {
    new: (count) => `${number(count)} neu`,
    already: (count) => `${number(count)} schon im Tresor`,
    repeated: (count) => `${number(count)} mit noch einmal demselben Inhalt`,
    leftOut: (count) => `${number(count)} ausgelassen`,
    problems: (count) => `${number(count)} nicht lesbar`,
  },
  open: (row) => `Liste zeigen: ${row}`,
  back: "Zurück",
  topFolder: "einzeln abgelegt",
  about: (time) => `etwa ${time}`,
  later: "Später entscheiden",
  cancel: "Abbrechen",
  file: (count) => `${files(count)} ablegen`,
  record: (count) => `${locations(count)} vermerken`,
  recordProblems: "Liste behalten",
  cancelled: "Die Ablage wurde verworfen. Es wurde nichts gespeichert.",
};
