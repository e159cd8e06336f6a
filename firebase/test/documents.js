// Documents as the app writes them. `NOW` is the server's time; other values are new for every document.

import { createHash, randomBytes, randomUUID } from "node:crypto";

import { Bytes, serverTimestamp, Timestamp } from "firebase/firestore/lite";

import { member, team } from "./people.js";

export const NOW = serverTimestamp();
/** The time on the computer of whoever writes. */
export const computerTime = () => Timestamp.now();
export const bytes = (text) => Bytes.fromUint8Array(Buffer.from(text));

const sha256 = (text) => createHash("sha256").update(text).digest("hex");

export const aHash = () => randomBytes(32).toString("hex");
/** A UUID of version 7. */
export const aMadeId = () => randomUUID().replace(/^(.{14})4/u, "$17");
export const anId = () => randomBytes(10).toString("hex");

export const metadataHash = ({ originalName, lastModified, fileHash }) =>
  sha256(`${originalName}|${lastModified}|${fileHash}`);

export const aTeam = (members, fields = {}) => ({
  name: "Oak & Partners",
  description: "",
  members,
  pendingInvites: {},
  apps: ["strongroom"],
  settings: { timezone: "Europe/Zurich", maxMembers: 20 },
  isPersonal: false,
  createdAt: NOW,
  createdBy: "ada",
  updatedAt: NOW,
  ...fields,
});

export const aClient = (fields = {}) => ({
  name: "ABC Corporation",
  email: "contact@abc.example",
  phone: "+1-555-0123",
  address: { street: "123 Business Ave", city: "New York", state: "NY", zip: "10001" },
  status: "active",
  updatedAt: NOW,
  ...fields,
});

export const aMatter = (fields = {}) => ({
  title: "Contract Review",
  description: "Software licence",
  clientId: null,
  matterNumber: "2024-001",
  status: "active",
  priority: "medium",
  assignedTo: [member.uid],
  openedDate: Timestamp.fromMillis(1_700_000_000_000),
  dueDate: null,
  openTo: team,
  updatedAt: NOW,
  ...fields,
});

export const aWalledMatter = (access, fields = {}) => aMatter({ openTo: null, access, ...fields });

/** A record of `matter`; its id is its `metadataHash`. */
export function aRecord(matter, fields = {}) {
  const data = {
    originalName: "Brügge – Übersicht 📁.PDF",
    lastModified: 1_703_123_456_789,
    fileHash: aHash(),
    folderPaths: "Documents/2023|Bank Statements",
    size: 12_345,
    uploadedBy: member.uid,
    openTo: team,
    updatedAt: NOW,
    ...fields,
  };
  const storagePath = `teams/${team}/matters/${matter}/files/${data.fileHash}.pdf`;
  return { metadataHash: metadataHash(data), storagePath, ...data };
}

export function anEvent(fields = {}) {
  const data = {
    eventType: "upload_interrupted",
    timestamp: NOW,
    fileName: "Letter.PDF",
    fileHash: aHash(),
    teamId: team,
    userId: member.uid,
    folderPath: "Documents/2023",
    size: 12_345,
    lastModified: -1,
    batchId: aMadeId(),
    deviceId: "desk-4",
    appVersion: "0.1.0",
    openTo: team,
    updatedAt: NOW,
    ...fields,
  };
  return { metadataHash: metadataHash({ ...data, originalName: data.fileName }), ...data };
}

export const aDrop = (batchId, fields = {}) => ({
  batchId,
  userId: member.uid,
  deviceId: "desk-4",
  sources: ["/media/usb/Box"],
  startedAt: NOW,
  finishedAt: NOW,
  stored: 10,
  skipped: 2,
  failed: 0,
  leftOut: 1,
  bytes: 123_456,
  bytesStored: 100_000,
  folders: [{ path: "Box", lastModified: 0 }],
  openTo: team,
  updatedAt: NOW,
  ...fields,
});

/** Where content that is filed to `matter` is to be stored. */
export const aClaim = (matter, hash, fields = {}) => ({
  storagePath: `teams/${team}/matters/${matter}/files/${hash}.pdf`,
  userId: member.uid,
  updatedAt: NOW,
  ...fields,
});
