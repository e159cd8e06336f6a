import type { Catalogue } from "..";
import { number } from "../../format";
import { counted } from "../counted";
import { files, folders, foldersWhere, places } from "./counted";

export const preflight: Catalogue["preflight"] = {
  title: (names, matter) => `${names} → ${matter}`,
  quoted: (name) => `„${name}“`,
  andMore: (name, more) => `„${name}“ und ${number(more)} weitere`,
  offlineEstimate:
    "Der Tresor der Kanzlei ist nicht erreichbar: Diese Zahlen stammen aus der Kopie auf diesem Computer. Vor dem Speichern wird der Tresor erneut geprüft.",
  reading: "Der Inhalt wird gelesen. Es wurde noch nichts gespeichert.",
  found: (count) => `${files(count)} gefunden`,
  read: (count, bytes) => `${number(count)} gelesen, ${bytes}`,
  lead: (count, inFolders, bytes) =>
    `${files(count)} in ${foldersWhere(inFolders)}, ${bytes}. Es wurde noch nichts gespeichert.`,
  leadFiles: (count, bytes) => `${files(count)}, ${bytes}. Es wurde noch nichts gespeichert.`,
  allKnown: (count) =>
    `Alles ist schon im Tresor; ${places(count)} ${count === 1 ? "wird" : "werden"} vermerkt.`,
  restKnown: (count) =>
    count === 1
      ? "Die einzige Datei, die abgelegt werden kann, ist schon im Tresor; ihr Fundort wird vermerkt."
      : `Die ${files(count)}, die abgelegt werden können, sind schon im Tresor; ihre Fundorte werden vermerkt.`,
  nothing: "Es gibt darin nichts abzulegen.",
  allLeftOut: (count) =>
    count === 1
      ? "Die einzige Datei wird ausgelassen. Es wird nichts abgelegt."
      : `Alle ${files(count)} werden ausgelassen. Es wird nichts abgelegt.`,
  nothingReadable: "Nichts konnte gelesen werden.",
  rows: {
    new: "neu",
    known: (already, repeated) => {
      if (repeated === 0) return "schon im Tresor – ihre Fundorte werden vermerkt";
      return already === 0
        ? "doppelter Inhalt in dieser Ablage – ihre Fundorte werden vermerkt"
        : `schon im Tresor – ihre Fundorte werden vermerkt; ${number(repeated)} mit doppeltem Inhalt in dieser Ablage`;
    },
    leftOut: "ausgelassen",
    leftOutNamed: (names) => `ausgelassen: ${names}`,
    problems: "nicht lesbar – Sie können jede später erneut versuchen",
  },
  lists: {
    new: (count) => `${number(count)} neu`,
    known: (count) => `${number(count)} schon im Tresor`,
    leftOut: (count) => `${number(count)} ausgelassen`,
    problems: (count) => `${number(count)} nicht lesbar`,
  },
  same: (what, name, names) =>
    `${what} heißen „${name}“. Sie bleiben getrennt und werden als ${names} wiederhergestellt.`,
  sameCount: (ofFolders, ofFiles) =>
    [ofFolders > 0 ? folders(ofFolders) : "", ofFiles > 0 ? files(ofFiles) : ""]
      .filter(Boolean)
      .join(" und "),
  sameList: (names, more) => `${names} und ${number(more)} weitere`,
  sameMore: (count) =>
    `${counted("de", count, { one: "weiterer Name kommt", other: "weitere Namen kommen" })} mehrmals vor; auch diese Dateien und Ordner bleiben getrennt.`,
  open: (row) => `Liste anzeigen: ${row}`,
  back: "Zurück",
  topFolder: "einzeln abgelegt",
  about: (time) => `etwa ${time}`,
  later: "Später entscheiden",
  cancel: "Ablage abbrechen",
  file: (count) => `${files(count)} ablegen`,
  record: (count) => `${places(count)} vermerken`,
  recordProblems: "Liste behalten",
  nothingToFile: "Nichts abzulegen",
  cancelled: "Die Ablage wurde abgebrochen. Es wurde nichts gespeichert.",
};
