/** Why something was refused or failed, in German. The English sentences come from the program. */

import type { Reasons, Terms } from "../reasons";
import { problems } from "./tray";

export const reasons: Reasons = {
  "vault-unreachable": "Der Tresor der Kanzlei ist nicht erreichbar.",
  "storage-unreachable": "Der Speicher der Kanzlei ist nicht erreichbar.",
  "sign-in-unreachable": "Der Anmeldeserver ist nicht erreichbar.",
  "vault-busy": "Der Tresor der Kanzlei ist ausgelastet.",
  "storage-busy": "Der Speicher der Kanzlei ist ausgelastet.",
  "sign-in-busy": "Der Anmeldeserver ist ausgelastet.",
  "storage-lost-upload": "Der Speicher der Kanzlei hat eine Übertragung mehrmals verloren.",
  "storage-not-now": "Der Speicher der Kanzlei nimmt diese Datei derzeit nicht an.",
  "colleagues-changing": "Kollegen ändern gerade dieselben Einträge.",
  "colleagues-filing": "Kollegen legen gerade dieselben Dokumente ab.",
  "sign-in-needed": "Melden Sie sich an, um fortzufahren. Was auf diesem Computer wartet, bleibt erhalten.",
  "session-ended":
    "Sie wurden abgemeldet. Melden Sie sich an, um fortzufahren. Was auf diesem Computer wartet, bleibt erhalten.",
  "user-disabled":
    "Ihr Konto wurde gesperrt. Wenden Sie sich an den Administrator Ihrer Kanzlei. Was auf diesem Computer wartet, bleibt erhalten.",
  "sign-in-first": "Melden Sie sich zuerst bei der Kanzlei an.",
  "no-access-to-vault":
    "Sie haben keinen Zugriff (mehr) auf den Tresor dieser Kanzlei. Fragen Sie den Administrator Ihrer Kanzlei, ob Sie Mitglied sind.",
  "no-member":
    "Sie sind nicht mehr Mitglied im Tresor dieser Kanzlei. Wenden Sie sich an den Administrator Ihrer Kanzlei. Was auf diesem Computer wartet, bleibt erhalten.",
  "no-access-to-matter":
    "Sie haben keinen Zugriff mehr auf diese Akte. Wenden Sie sich an Ihren Administrator.",
  "matter-out-of-sight":
    "Die Akte {matter} gibt es nicht, oder sie ist nur für einige Ihrer Kollegen zugänglich und für Sie nicht (mehr).",
  "only-administrators":
    "Nur ein Administrator der Kanzlei kann die Angaben zu den eigenen Unterlagen der Kanzlei ändern. Wenden Sie sich an Ihren Administrator.",
  "storage-full":
    "Der Speicher der Kanzlei ist voll. Wenden Sie sich an Ihren Administrator. Was auf diesem Computer wartet, bleibt erhalten.",
  "storage-plan-used-up":
    "Der Speicher der Kanzlei gibt derzeit nichts heraus, weil sein Kontingent aufgebraucht ist. Wenden Sie sich an Ihren Administrator.",
  "storage-too-large": "Der Speicher der Kanzlei nimmt keine Datei dieser Größe an.",
  "storage-refuses-file":
    "Der Speicher der Kanzlei nimmt diese Datei für diese Akte nicht an. Vielleicht wurde die Akte geschlossen: Wenden Sie sich an Ihren Administrator.",
  "app-check":
    "Das Projekt der Kanzlei verlangt für seinen Speicher App Check, was Strongroom nicht unterstützt. Bitten Sie Ihren Administrator, es auszuschalten.",
  "storage-refuses-request":
    "Der Speicher der Kanzlei nimmt diese Anfrage nicht an (HTTP {status}). Fragen Sie Ihren Administrator, ob die Verbindung noch stimmt.",
  "vault-refuses-request":
    "Der Tresor der Kanzlei nimmt diese Anfrage nicht an ({status}). Aktualisieren Sie Strongroom, oder fragen Sie Ihren Administrator, ob die Verbindung noch stimmt.",
  "index-lacking":
    "Im Projekt der Kanzlei fehlt ein Index. Bitten Sie Ihren Administrator, die Einstellungen des Projekts erneut bereitzustellen.",
  "rules-refuse":
    "Der Tresor der Kanzlei lehnt dies ab, obwohl Sie Mitglied sind und kein Hindernis erkennbar ist. Vielleicht haben seine Regeln eine andere Version: Bitten Sie Ihren Administrator, die Einstellungen des Projekts erneut bereitzustellen, und aktualisieren Sie Strongroom.",
  "vault-lost-data":
    "Der Tresor der Kanzlei meldet verlorene Daten. Wenden Sie sich an den Administrator Ihrer Kanzlei.",
  "matter-needs-title": "Eine Akte braucht einen Titel.",
  "client-needs-name": "Ein Mandant braucht einen Namen.",
  "general-matter":
    "Diese Akte enthält die eigenen Unterlagen der Kanzlei: Nur Titel und Beschreibung können geändert werden. Sie kann weder geschlossen noch umnummeriert noch entfernt werden.",
  "number-taken": "Die Akte „{title}“ hat bereits die Nummer {number}.",
  "number-says-nothing":
    "Die Nummer einer Akte braucht einen Buchstaben oder eine Ziffer. Lassen Sie sie leer, wenn die Kanzlei keine vergibt.",
  "number-has-tabs":
    "Die Nummer einer Akte besteht aus einer Zeile ohne Tabulatoren. Geben Sie sie noch einmal ein.",
  "number-reserved":
    "Keine Akte kann die Nummer „{number}“ haben: Das Wort hat hier eine eigene Bedeutung. Wählen Sie eine andere Nummer.",
  "number-begins-with-dash":
    "Die Nummer einer Akte darf nicht mit „-“ beginnen: Sie würde als Option verstanden. Wählen Sie eine andere Nummer.",
  "too-long": "Das Feld {field} hat {length} Zeichen, erlaubt sind höchstens {longest}. Kürzen Sie den Text.",
  "has-nul":
    "Das Feld {field} enthält ein unsichtbares Zeichen, das in keinem Text vorkommt (NUL). Tippen Sie den Text ein, statt ihn einzufügen.",
  "too-many-assigned": "An einer Akte können höchstens {most} Personen arbeiten. Nehmen Sie einige heraus.",
  "opened-out-of-range":
    "Der Tag, an dem eine Akte angelegt wurde, muss in den Jahren 1 bis 9999 liegen. Geben Sie ein anderes Datum an.",
  "due-out-of-range":
    "Der Tag, an dem eine Akte fällig ist, muss in den Jahren 1 bis 9999 liegen. Geben Sie ein anderes Datum an.",
  "client-has-matters":
    "{client} kann nicht entfernt werden, solange es noch Akten gibt: {matters}. Entfernen Sie zuerst diese.",
  "matter-changed":
    "Inzwischen hat jemand anderes die Akte „{title}“ geändert. Sehen Sie sie noch einmal an, und wiederholen Sie dann Ihre Änderung.",
  "client-changed":
    "Inzwischen hat jemand anderes den Mandanten „{client}“ geändert. Sehen Sie ihn noch einmal an, und wiederholen Sie dann Ihre Änderung.",
  "matter-changed-choose":
    "Inzwischen hat jemand anderes die Akte „{title}“ geändert. Keine der beiden Fassungen wurde überschrieben: Wählen Sie, welche bleibt.",
  "client-changed-choose":
    "Inzwischen hat jemand anderes den Mandanten „{client}“ geändert. Keine der beiden Fassungen wurde überschrieben: Wählen Sie, welche bleibt.",
  "edit-gone": "Diese Änderung wartet nicht mehr. Sehen Sie die Liste noch einmal an.",
  "client-removed": "Der Mandant „{client}“ wurde entfernt.",
  "client-of-matter-removed":
    "Der Mandant „{client}“ wurde entfernt. Holen Sie zuerst ihn zurück, dann seine Akten.",
  "matter-removed": "Die Akte „{title}“ wurde entfernt. Holen Sie sie zurück, bevor Sie etwas darin ablegen.",
  "matter-closed":
    "Die Akte „{title}“ ist geschlossen. Öffnen Sie sie wieder, bevor Sie etwas darin ablegen.",
  "matter-number-removed": "Die Akte {number} wurde entfernt. Holen Sie sie zurück, um darin abzulegen.",
  "matter-number-closed": "Die Akte {number} ist geschlossen. Öffnen Sie sie wieder, um darin abzulegen.",
  "no-such-matter": "In diesem Tresor gibt es keine Akte „{matter}“.",
  "no-such-client": "In diesem Tresor gibt es keinen Mandanten „{client}“.",
  "source-holds-vault":
    "„{path}“ enthält den Tresor selbst ({vault}) oder ist ein Teil davon. Wählen Sie die Ordner daneben.",
  "drop-cancelled":
    "Das Ablegen wurde abgebrochen. Ziehen Sie die Dateien erneut in das Fenster, um sie abzulegen.",
  "drop-paused": "Das Ablegen ist angehalten. Setzen Sie es zuerst fort.",
  "drop-not-read": "Die Ordner sind noch nicht gelesen. Setzen Sie das Ablegen zuerst fort.",
  "none-missing": "Keine dieser Dateien fehlt noch. Sehen Sie die Liste noch einmal an.",
  "one-for-several":
    "Eine Datei kann nicht für mehrere stehen. Wählen Sie den Ordner, in dem sie jetzt liegen.",
  "destination-is-vault": "„{path}“ gehört zum Tresor selbst. Wählen Sie einen anderen Ordner.",
  "destination-busy":
    "Eine andere Wiederherstellung schreibt gerade nach „{path}“. Warten Sie, bis sie fertig ist, oder wählen Sie einen anderen Ordner.",
  "destination-full":
    "In „{path}“ ist kein Platz mehr: Der Datenträger ist voll. Schaffen Sie Platz, und stellen Sie erneut wieder her; was schon dort ist, bleibt unverändert.",
  "destination-quota":
    "In „{path}“ ist kein Platz mehr: Ihr Anteil am Speicherplatz ist aufgebraucht. Schaffen Sie Platz, und stellen Sie erneut wieder her; was schon dort ist, bleibt unverändert.",
  "destination-taken":
    "„{path}“ stammt nicht von Strongroom und wurde nicht verändert. Geben Sie dem Ordner einen anderen Namen, oder wählen Sie ein anderes Ziel.",
  "folder-taken":
    "An der Stelle des Ordners liegt eine Verknüpfung oder eine Datei, und durch sie hindurch wird nichts geschrieben. Verschieben Sie sie, oder wählen Sie ein anderes Ziel.",
  "folder-not-made": "Der Ordner konnte nicht angelegt werden: {fault}",
  "nothing-of-drop": "Aus dieser Ablage ist nichts im Tresor, daher gibt es nichts wiederherzustellen.",
  "nothing-of-matter": "Aus dieser Akte ist nichts im Tresor, daher gibt es nichts wiederherzustellen.",
  "none-in-matter": "Keines dieser Dokumente liegt in der Akte. Lassen Sie den Ordner noch einmal anzeigen.",
  "no-such-content": "Im Tresor gibt es kein Dokument mit diesem Inhalt.",
  "not-as-filed":
    "Die Prüfung ist fehlgeschlagen: „{name}“ kam anders zurück, als es abgelegt wurde. Nichts wurde geöffnet. Versuchen Sie es erneut; bleibt es dabei, prüfen Sie den Tresor.",
  "this-not-as-filed":
    "Die Prüfung ist fehlgeschlagen: Dieses Dokument kam anders zurück, als es abgelegt wurde. Nichts wurde geöffnet. Versuchen Sie es erneut; bleibt es dabei, prüfen Sie den Tresor.",
  "content-missing":
    "Der Inhalt fehlt: Der Tresor hat einen Vermerk über „{name}“, aber nicht den Inhalt. Legen Sie die Datei erneut ab, dann wird er wieder gespeichert.",
  "this-content-missing":
    "Der Inhalt fehlt: Der Tresor hat einen Vermerk über dieses Dokument, aber nicht den Inhalt. Legen Sie die Datei erneut ab, dann wird er wieder gespeichert.",
  "stored-too-long":
    "Die Prüfung ist fehlgeschlagen: Gespeichert ist mehr, als abgelegt wurde. Stattdessen wurde nichts herausgegeben.",
  "no-room-for-copy":
    "Für eine Kopie des Dokuments ist kein Platz mehr. Schaffen Sie Platz, und versuchen Sie es erneut.",
  "disk-full-filing":
    "Der Datenträger ist voll, das Ablegen ist angehalten. Schaffen Sie Platz, und fahren Sie dann fort.",
  "disk-full-vault":
    "Der Datenträger ist voll, der Tresor kann nicht schreiben. Schaffen Sie Platz, und fahren Sie dann fort.",
  "disk-full-database":
    "Der Datenträger ist voll: {database} kann nicht geschrieben werden. Schaffen Sie Platz, und fahren Sie dann fort.",
  "vault-in-use": "Ein anderes Programm schreibt gerade in den Tresor.",
  "database-in-use": "Ein anderes Programm verwendet gerade {database}.",
  "database-read-only":
    "{database} darf nicht beschrieben werden. Prüfen Sie die Berechtigungen des Ordners.",
  "vault-read-only":
    "Die Datenbank des Tresors (vault.db) darf nicht beschrieben werden. Prüfen Sie ihre Berechtigungen.",
  "database-not-opened":
    "{database} kann nicht geöffnet werden. Prüfen Sie, ob Sie in den Ordner schreiben dürfen und ob auf dem Laufwerk noch Platz ist.",
  "database-fault": "{database} konnte nicht verwendet werden: {fault}",
  "vault-damaged":
    "Die Datenbank des Tresors (vault.db) ist beschädigt. Nichts wurde geändert. Spielen Sie eine Sicherung des Tresorordners ein; die Dokumente selbst liegen dort im Ordner „teams“.",
  "vault-file-damaged":
    "{path} ist beschädigt. Nichts wurde geändert. Spielen Sie die Datei aus einer Sicherung ein; die Dokumente selbst liegen daneben im Ordner „teams“.",
  "journal-damaged":
    "journal.db (die Warteschlange dieses Computers) ist beschädigt. Nichts wurde geändert. Spielen Sie eine der Sicherungen ein, die daneben liegen, oder verschieben Sie die Datei, und legen Sie die letzten Ordner erneut ab.",
  "cache-damaged":
    "cache.db (die Kopie der Listen des Tresors) ist beschädigt. Nichts ist verloren: Sie wird beim nächsten Start neu angelegt.",
  "vault-newer":
    "{path} wurde von einer neueren Version von Strongroom geschrieben. Nichts wurde geändert. Installieren Sie die neuere Version, um die Datei zu öffnen.",
  "journal-newer":
    "journal.db (die Warteschlange dieses Computers) wurde von einer neueren Version von Strongroom geschrieben. Nichts wurde geändert. Installieren Sie die neuere Version, um fortzufahren.",
  "vault-file-missing":
    "{path} fehlt oder ist leer, aber der Tresor enthält Dokumente. Nichts wurde geändert. Spielen Sie die Datei aus einer Sicherung ein: Ohne sie ist über die Dokumente nichts bekannt.",
  "no-vault-file":
    "{path} ist eine Datenbank, aber nicht die eines Tresors. Nichts wurde geändert. Spielen Sie die richtige Datei ein, oder wählen Sie einen anderen Ordner.",
  "no-journal-file":
    "journal.db ist eine Datenbank, aber keine Warteschlange von Strongroom. Nichts wurde geändert. Spielen Sie die richtige Datei ein, oder wählen Sie einen anderen Ordner.",
  "too-few-open-files":
    "Strongroom kann nicht so viele Dateien öffnen, wie es braucht: Auf diesem Computer sind zu viele offen, oder die Grenze für ein Programm ist zu niedrig. Schließen Sie einige Programme, oder lassen Sie die Grenze anheben (ulimit -n 1024), und versuchen Sie es dann erneut.",
  "while-locked": "In einem anderen Programm geöffnet.",
  "could-not": "„{path}“: {action} nicht möglich. {fault}",
  "system-says":
    "„{path}“: {action} nicht möglich. Das System meldet „{words}“. Versuchen Sie es erneut. Bleibt es dabei, zeigen Sie diese Meldung der Person, die Ihren Computer betreut.",
  unreadable: "Konnte nicht gelesen werden: {fault}",
  problem: "{problem}",
  fault: "{fault}",

  "no-dialog":
    "Der Dialog konnte nicht geöffnet werden. Ziehen Sie die Dateien stattdessen in das Fenster, oder versuchen Sie es erneut.",
  "own-fault":
    "In Strongroom selbst ist ein Fehler aufgetreten, daher war dies nicht möglich. Versuchen Sie es erneut.",
  "list-gone": "Diese Liste ist nicht mehr vorhanden. Öffnen Sie sie noch einmal.",
  "offer-gone":
    "Was Sie in das Fenster gezogen haben, ist nicht mehr vorhanden. Ziehen Sie es noch einmal hierher.",
  "connection-gone": "Die Verbindung ist nicht mehr vorhanden. Öffnen Sie sie noch einmal.",
  "client-not-there": "Dieser Mandant ist nicht im Tresor.",
  "matter-not-there": "Diese Akte ist nicht im Tresor.",
  "document-not-there": "Dieses Dokument ist nicht im Tresor.",
  "documents-not-there": "Diese Dokumente sind nicht im Tresor.",
  "no-such-name": "Kein Dokument im Tresor hat diesen Inhalt unter diesem Namen.",
  "kind-not-opened":
    "Dateien von der Art von „{name}“ werden von hier aus nicht geöffnet. Beim Wiederherstellen wird eine Kopie dorthin gelegt, wo Sie möchten.",
  "other-than-named":
    "„{name}“ wird nicht geöffnet: Der Inhalt ist etwas anderes, als der Name sagt. Beim Wiederherstellen wird eine Kopie dorthin gelegt, wo Sie möchten.",
  "too-large-to-show": "Dieses Dokument ist zu groß, um hier angezeigt zu werden. Stellen Sie es wieder her.",
  "no-image": "Dieses Dokument wird nicht als Bild angezeigt.",
  "no-text": "Dieses Dokument wird nicht als Text angezeigt.",
  "not-copied": "„{name}“ konnte zum Öffnen nicht kopiert werden.",
  "no-folder-program": "Das System hat kein Programm, um Ordner anzuzeigen. Der Ordner ist {folder}.",
  "folder-gone": "Den Ordner {folder} gibt es nicht mehr.",
  "no-browser":
    "Das System hat keinen Browser für die Anmeldung. Installieren Sie einen, und versuchen Sie es erneut.",
  "no-program":
    "Das System hat kein Programm für diese Art von Dokument. Stellen Sie es wieder her, und öffnen Sie es mit einem Ihrer Programme.",
  "nothing-restored": "Eine Prüfung schreibt nichts, was angezeigt werden könnte.",
  stopped: "Der Vorgang wurde angehalten, bevor er abgeschlossen war.",
  "settings-not-kept": "Ihre Einstellungen konnten nicht gespeichert werden.",
  "settings-as-at-first": "Ihre Einstellungen sind wie am Anfang.",
  "folder-name-not-kept":
    "Der Name des Ordners „{folder}“ kann nicht gespeichert werden. Wählen Sie einen anderen Ordner.",
  "vault-folder-not-there":
    "Der Ordner des Tresors ist nicht vorhanden: {folder}. Schließen Sie das Laufwerk an, und versuchen Sie es erneut.",
  "folder-from-outside":
    "Strongroom wurde mit dem Ordner gestartet, der in STRONGROOM_HOME steht. Ändern Sie ihn dort.",
  "nobody-signed-in": "Hier ist niemand angemeldet.",
  "sign-out-first": "Melden Sie sich zuerst von {firm} ab.",
  "no-folder": "Für den Tresor ist kein Ordner bekannt. Geben Sie einen mit --home oder STRONGROOM_HOME an.",
  "vault-folder-read-only":
    "Der Tresor in „{path}“ kann dort nicht geöffnet werden: Der Ordner ist schreibgeschützt. Kopieren Sie den ganzen Ordner auf ein Laufwerk, auf das Sie schreiben dürfen, und geben Sie die Kopie mit --home oder STRONGROOM_HOME an.",
  "nothing-at": "Unter „{path}“ gibt es nichts.",
  "not-allowed-to-look": "Sie dürfen „{path}“ nicht ansehen. Bitten Sie um das Recht, den Ordner zu lesen.",
  "documents-missing":
    "Der Ordner „{path}“ mit den abgelegten Dokumenten fehlt. Nichts wurde geändert. Schließen Sie das Laufwerk an, oder spielen Sie den Ordner aus einer Sicherung ein.",
  "left-out-unread": "Die Liste der ausgelassenen Dateien kann nicht gelesen werden.",
  "left-out-line": "Zeile {line}: „{text}“ ist kein Muster ({why}).",
  "firm-unknown": "Dieser Computer ist mit dieser Kanzlei nicht (mehr) verbunden.",
  "firm-forgotten":
    "Dieser Computer weiß nicht mehr, der Tresor welcher Kanzlei geöffnet war: „{path}“ nennt keine, mit der er verbunden ist. Nichts ist verloren. Wählen Sie die Kanzlei erneut, oder den Tresor dieses Computers.",
  "connection-unreadable":
    "Dieser Computer kann nicht lesen, wie er die Kanzlei erreicht: „{path}“ ({why}) Verbinden Sie sich erneut mit der Verbindungsdatei Ihres Administrators, und melden Sie sich an. Sonst ist nichts verloren.",
  "sign-in-to-open": "Melden Sie sich an, um den Tresor von {firm} zu öffnen.",
  "still-waiting":
    "Auf diesem Computer gibt es Ablagen oder Änderungen, die der Tresor der Kanzlei noch nicht hat ({count}). Lassen Sie sie ablegen und senden, oder brechen Sie sie ab, bevor die Kopie der Kanzlei entfernt wird.",
  "no-port":
    "Dieser Computer lässt Strongroom nicht auf den Browser warten. Starten Sie ihn neu, oder wenden Sie sich an Ihren Administrator.",
  "sign-in-too-late": "Innerhalb von fünf Minuten hat sich niemand angemeldet. Versuchen Sie es erneut.",
  "sign-in-cancelled": "Die Anmeldung wurde abgebrochen.",
  "sign-in-denied":
    "Die Anmeldeseite hat Sie nicht zugelassen ({why}). Versuchen Sie es erneut, oder wenden Sie sich an Ihren Administrator.",
  "sign-in-offline":
    "Der Anmeldeserver ist nicht erreichbar. Prüfen Sie das Netz, und versuchen Sie es dann erneut.",
  "sign-in-untrusted":
    "Der Anmeldeserver hat eine Antwort gegeben, der nicht zu trauen ist ({why}). Versuchen Sie es erneut; geschieht es wieder, wenden Sie sich an Ihren Administrator.",
  "sign-in-way-off":
    "Die Anmeldung wurde abgelehnt: Das Projekt der Kanzlei lässt diese Art der Anmeldung nicht zu. Wenden Sie sich an den Administrator Ihrer Kanzlei. (Code {code})",
  "sign-in-page-refused":
    "Die Anmeldung wurde abgelehnt: Das Projekt der Kanzlei akzeptiert nicht, was die Anmeldeseite mitgeteilt hat. Wenden Sie sich an den Administrator Ihrer Kanzlei. (Code {code})",
  "sign-in-address-taken":
    "Die Anmeldung wurde abgelehnt: Es gibt ein anderes Konto mit derselben E-Mail-Adresse. Wenden Sie sich an den Administrator Ihrer Kanzlei. (Code {code})",
  "sign-in-not-admitted":
    "Die Anmeldung wurde abgelehnt: Die Kanzlei lässt dieses Konto nicht zu. Wenden Sie sich an den Administrator Ihrer Kanzlei. (Code {code})",
  "sign-in-connection-unfit":
    "Die Anmeldung wurde abgelehnt: Die Verbindungsdatei passt nicht zum Projekt der Kanzlei. Wenden Sie sich an den Administrator Ihrer Kanzlei. (Code {code})",
  "sign-in-account-refused":
    "Die Anmeldung wurde abgelehnt: Das Projekt der Kanzlei hat das Konto nicht akzeptiert. Wenden Sie sich an den Administrator Ihrer Kanzlei. (Code {code})",
  "connection-file-lacks":
    "In der Verbindungsdatei fehlt „{name}“. Bitten Sie Ihren Administrator um eine neue.",
  "connection-file-twice":
    "In der Verbindungsdatei steht „{name}“ zweimal. Bitten Sie Ihren Administrator um eine neue.",
  "connection-file-wrong":
    "In der Verbindungsdatei ist „{name}“ falsch ({why}). Bitten Sie Ihren Administrator um eine neue.",
  "connection-file-refused":
    "Die Verbindungsdatei wird nicht angenommen ({why}). Bitten Sie Ihren Administrator um eine neue.",
  "connection-file-too-large":
    "Das ist keine Verbindungsdatei: Sie ist zu groß. Bitten Sie Ihren Administrator um eine neue.",
  "no-connection-file":
    "Das ist keine Verbindungsdatei ({why}). Bitten Sie Ihren Administrator um eine neue.",
  "no-connection-link": "Das ist kein Verbindungslink: Er muss mit „strongroom://connect?“ beginnen.",
  "connection-link-too-long":
    "Das ist kein Verbindungslink: Er ist zu lang. Bitten Sie Ihren Administrator um einen neuen.",
  "connection-link-refused": "Der Verbindungslink wird nicht angenommen ({why}).",
  "no-keychain":
    "Dieser Computer hat keinen Schlüsselbund, den Strongroom verwenden kann. Sie müssen sich nach jedem Start erneut anmelden.",
  "keychain-locked":
    "Der Schlüsselbund dieses Computers hat Strongroom nicht zugelassen. Entsperren Sie ihn, und versuchen Sie es dann erneut.",
  "keychain-silent":
    "Der Schlüsselbund dieses Computers antwortet nicht. Entsperren Sie ihn, falls er nach einem Passwort fragt, und versuchen Sie es dann erneut.",
  "keychain-refuses":
    "Der Schlüsselbund dieses Computers nimmt dies nicht an. Sie müssen sich nach jedem Start erneut anmelden.",
  "work-fault":
    "Ein Fehler in Strongroom selbst hat dies beendet. Gespeichertes ist nicht betroffen. Versuchen Sie es erneut, und melden Sie es, wenn es wieder geschieht.",
  "tried-again": "Es wird automatisch erneut versucht.",
  "another-is-filing":
    "Auf diesem Computer legt gerade ein anderes Strongroom ab. Danach geht es automatisch weiter.",
  "work-given-up":
    "Der Vorgang wurde abgebrochen. Ziehen Sie die Dateien erneut in das Fenster: Gespeichertes wird nicht doppelt gespeichert.",
  "program-ending": "Strongroom wird beendet. Begonnenes wird beim nächsten Start fortgesetzt.",
};

export const terms: Terms = {
  action: {
    read: "Lesen",
    write: "Schreiben",
    make: "Anlegen",
    open: "Öffnen",
    use: "Verwenden",
    find: "Suchen",
    lock: "Sperren",
    remove: "Entfernen",
    empty: "Leeren",
    flush: "Sichern auf dem Datenträger",
    list: "Auflisten",
    "look at": "Ansehen",
    "restore to": "Wiederherstellen an diesen Ort",
    "store a file in": "Speichern einer Datei",
    "set aside the damaged": "Beiseitelegen der beschädigten Datei",
    "write the backup of the queue to": "Sichern der Warteschlange",
  },
  database: {
    journal: "journal.db (die Warteschlange dieses Computers)",
    cache: "cache.db (die Kopie der Listen des Tresors)",
    vault: "vault.db (die Datenbank des Tresors)",
  },
  fault: {
    "no-room": "Der Datenträger ist voll. Schaffen Sie Platz, und versuchen Sie es dann erneut.",
    quota:
      "Ihr Anteil am Speicherplatz ist aufgebraucht. Löschen Sie dort, was nicht gebraucht wird, oder bitten Sie um mehr Platz, und versuchen Sie es dann erneut.",
    "read-only":
      "Das Laufwerk ist schreibgeschützt. Heben Sie den Schreibschutz auf, schließen Sie es neu an, oder wählen Sie einen Ordner auf einem anderen.",
    "no-access": "Die Berechtigung fehlt. Bitten Sie darum, oder wählen Sie einen eigenen Ordner.",
    "already-there":
      "Etwas mit diesem Namen ist schon vorhanden. Verschieben Sie es, oder benennen Sie es um, und versuchen Sie es dann erneut.",
    "not-there":
      "Es ist nicht vorhanden. Holen Sie es zurück, oder schließen Sie das Laufwerk wieder an, und versuchen Sie es dann erneut.",
    "not-a-folder":
      "Wo ein Ordner sein sollte, ist eine Datei. Verschieben Sie sie, und versuchen Sie es dann erneut.",
    "is-a-folder":
      "Wo eine Datei sein sollte, ist ein Ordner. Verschieben Sie ihn, und versuchen Sie es dann erneut.",
    "not-empty":
      "Der Ordner ist nicht leer. Verschieben Sie seinen Inhalt, und versuchen Sie es dann erneut.",
    link: "Eine Verknüpfung ist im Weg, und Verknüpfungen wird nicht gefolgt. Geben Sie den Ordner selbst an.",
    "name-too-long":
      "Der Name oder der Pfad ist für das Laufwerk zu lang. Verwenden Sie einen kürzeren Namen oder einen Ordner weiter oben auf dem Laufwerk.",
    "name-refused":
      "Das Laufwerk lässt diesen Namen nicht zu. Verwenden Sie einen einfacheren Namen oder ein Laufwerk mit einem anderen Format.",
    "too-large":
      "Das Laufwerk kann keine Datei dieser Größe aufnehmen. Verwenden Sie ein Laufwerk mit einem anderen Format (exFAT, NTFS, APFS oder ext4).",
    "other-drive":
      "Die beiden Orte liegen auf verschiedenen Laufwerken. Wählen Sie einen Ordner auf demselben Laufwerk.",
    unsupported: "Das Laufwerk kann das nicht. Wählen Sie einen Ordner auf einem anderen Laufwerk.",
    "in-use": "Ein anderes Programm verwendet es. Schließen Sie es dort, und versuchen Sie es dann erneut.",
    "too-many-open":
      "Auf diesem Computer sind zu viele Dateien geöffnet. Schließen Sie einige Programme, oder lassen Sie die Grenze für ein Programm anheben, und versuchen Sie es dann erneut.",
    "no-memory":
      "Der Computer hat keinen Arbeitsspeicher mehr frei. Schließen Sie einige Programme, und versuchen Sie es dann erneut.",
    failing:
      "Das Laufwerk meldet beim Lesen oder Schreiben einen Fehler. Prüfen Sie Kabel oder Verbindung, und versuchen Sie es dann erneut. Bleibt es dabei, kopieren Sie, was Sie davon brauchen, und ersetzen Sie das Laufwerk.",
    "drive-gone":
      "Das Laufwerk ist nicht mehr verbunden. Schließen Sie es wieder an, und versuchen Sie es dann erneut.",
    "too-slow":
      "Das Laufwerk antwortet nicht. Versuchen Sie es erneut. Bleibt es dabei, prüfen Sie das Laufwerk oder das Netz.",
    "cut-short":
      "Die Datei endet zu früh. Versuchen Sie es erneut. Bleibt es dabei, spielen Sie sie aus einer Sicherung ein.",
    "not-text":
      "Der Inhalt ist kein Text. Speichern Sie die Datei als reinen Text (UTF-8), und versuchen Sie es dann erneut.",
    "no-database":
      "Das Laufwerk kann keine Datenbank aufnehmen, die mehrere Programme verwenden. Bewahren Sie den Tresor in einem Ordner auf einem Datenträger dieses Computers auf.",
  },
  field: {
    title: "Titel",
    description: "Beschreibung",
    number: "Nummer",
    name: "Name",
    "e-mail address": "E-Mail-Adresse",
    "telephone number": "Telefonnummer",
    street: "Straße",
    city: "Ort",
    state: "Bundesland",
    "postal code": "Postleitzahl",
  },
  problem: problems.reasons,
};
