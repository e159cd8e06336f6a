// `node identity-provider/main.js PORT`: the identity provider, until it is interrupted.

import { start } from "./provider.js";

const port = Number(process.argv[2]);
if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error("on which port?");
const { server, issuer } = await start(port);
console.log(`The identity provider listens at ${issuer}.`);
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
  });
}
