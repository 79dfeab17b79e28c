/**
 * `sst dev`: nothing is deployed. Every service runs on this machine, workers as processes of their own, on servers of this machine and
 * behind the local gateway; each line says whose it is. Beside it the pages, with what changes shown at once.
 */
export function createLocal() {
  new sst.x.DevCommand("Services", { dev: { title: "Services", command: "npm run services", autostart: true } });
  new sst.x.DevCommand("Web", { dev: { title: "Web", command: "npm run dev:web", autostart: true } });
  new sst.x.DevCommand("Tests", { dev: { title: "Tests", command: "npm run test:unit -- --watch", autostart: false } });
  return { url: "http://localhost:8080" };
}
