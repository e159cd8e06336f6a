// Every table, in the order of the contract.

import { blobs } from "./blobs.js";
import { clients } from "./clients.js";
import { contents } from "./contents.js";
import { drops } from "./drops.js";
import { general, matters, walls } from "./matters.js";
import { metadata } from "./metadata.js";
import { nowhere } from "./nowhere.js";
import { invites, teamUserInfo, userInfo, users } from "./people.js";
import { team } from "./team.js";
import { uploadEvents } from "./uploadEvents.js";

export const tables = [
  users,
  team,
  clients,
  contents,
  matters,
  general,
  walls,
  metadata,
  uploadEvents,
  drops,
  invites,
  userInfo,
  teamUserInfo,
  blobs,
  nowhere,
];
