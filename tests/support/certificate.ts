import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Certificate = Disposable & { readonly certFile: string; readonly keyFile: string };

/** Of nobody's but this test, for one name, signed by itself: whoever is to trust it is told so by NODE_EXTRA_CA_CERTS. */
export function certificateFor(name: string): Certificate {
  const home = mkdtempSync(join(tmpdir(), "thousand-worlds-tls-"));
  const [certFile, keyFile] = [join(home, "cert.pem"), join(home, "key.pem")];
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", keyFile];
  const subject = ["-days", "2", "-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`];
  execFileSync("openssl", ["req", "-x509", ...key, "-out", certFile, ...subject], { stdio: "ignore" });
  return { certFile, keyFile, [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }) };
}
