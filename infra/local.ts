/** `sst dev`: the servers and every worker run on this machine, each in a tab of its own, and functions live. */
export function createLocal() {
  const servers = new sst.x.DevCommand("Services", { dev: { command: "npm run services", autostart: true } });
  void servers;
  return {};
}
