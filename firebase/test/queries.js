// Every query of the app, and the few more that the data model names for other programs: its purpose, its form,
// and its rules. firestore.indexes.json follows from this list.

import { documentId, limit, orderBy, where } from "firebase/firestore/lite";

import { aHash, aMadeId } from "./documents.js";
import { at, CLIENT, OPEN, WALLED } from "./firm.js";
import { member, team } from "./people.js";

const openToAll = ["openTo", "==", team];
const openToMe = ["access", "array-contains", member.uid];
const byName = ["__name__", "asc"];
const byChange = [["updatedAt", "asc"], byName];
const newest = [
  ["updatedAt", "desc"],
  ["__name__", "desc"],
];

/** `from`: a collection by its path, or `{ across }`, all of a name. */
const query = (what, from, filters, order = []) => ({ what, from, filters, order });

export const queries = [
  // Following changes, a collection at a time, from a cursor on.
  query("clients that changed", `${at.team}/clients`, [], byChange),
  query("colleagues whose names changed", `${at.team}/userInfo`, [], byChange),
  query("matters that changed", `${at.team}/matters`, [openToAll], byChange),
  query("walled matters that changed", `${at.team}/matters`, [openToMe], byChange),
  query("records that changed", { across: "metadata" }, [openToAll], byChange),
  query("events that changed", { across: "uploadEvents" }, [openToAll], byChange),
  query("drops that changed", { across: "drops" }, [openToAll], byChange),
  query(
    "attempts that have only begun, to be counted",
    { across: "uploadEvents" },
    [openToAll, ["eventType", "==", "upload_interrupted"]],
    byChange,
  ),
  query("records of a walled matter that changed", `${at.matter(WALLED)}/metadata`, [], byChange),
  query("events of a walled matter that changed", `${at.matter(WALLED)}/uploadEvents`, [], byChange),
  query("drops of a walled matter that changed", `${at.matter(WALLED)}/drops`, [], byChange),

  // Listening: the newest document of each kind shows that there are changes to read.
  query("the client that changed last", `${at.team}/clients`, [], newest),
  query("the colleague whose name changed last", `${at.team}/userInfo`, [], newest),
  query("the matter that changed last", `${at.team}/matters`, [openToAll], newest),
  query("the latest event", { across: "uploadEvents" }, [openToAll], newest),
  query("the latest drop", { across: "drops" }, [openToAll], newest),

  // Filing.
  query("stored content", { across: "metadata" }, [
    openToAll,
    ["fileHash", "in", Array.from({ length: 30 }, aHash)],
  ]),
  query("stored content behind a wall", `${at.matter(WALLED)}/metadata`, [["fileHash", "in", [aHash()]]]),
  query("one matter", `${at.team}/matters`, [openToAll], [byName]),
  query("one walled matter", `${at.team}/matters`, [openToMe], [byName]),

  // The history, verification and restores.
  query("events of a drop", `${at.matter(OPEN)}/uploadEvents`, [["batchId", "==", aMadeId()]], [byName]),
  query("events of a matter", `${at.matter(OPEN)}/uploadEvents`, [], [byName]),
  query(
    "events of a drop behind a wall",
    `${at.matter(WALLED)}/uploadEvents`,
    [["batchId", "==", aMadeId()]],
    [byName],
  ),
  query("all records", { across: "metadata" }, [openToAll], [byName]),

  // Clients and matters.
  query("the matters of a client", `${at.team}/matters`, [openToAll, ["clientId", "==", CLIENT]]),
  query("the active matters of a client", `${at.team}/matters`, [
    openToAll,
    ["clientId", "==", CLIENT],
    ["status", "==", "active"],
  ]),
  query("the active clients by name", `${at.team}/clients`, [["status", "==", "active"]], [["name", "asc"]]),
];

/** The query as the SDK asks it; `asker` lists. */
export function asked({ from, filters, order }, asker) {
  const field = (name) => (name === "__name__" ? documentId() : name);
  const constraints = [
    ...filters.map(([name, operator, value]) => where(name, operator, value)),
    ...order.map(([name, direction]) => orderBy(field(name), direction)),
    limit(100),
  ];
  return from.across ? asker.listsAcross(from.across, ...constraints) : asker.lists(from, ...constraints);
}

/** The collection a query is about. */
export const collectionOf = ({ from }) => from.across ?? from.split("/").at(-1);
