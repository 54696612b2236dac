// Starts the built program on a schedule and on one address, and stops it.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A port that was free a moment ago: the public address must be known before the program starts. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * The program serving `yaml`. `url` is where it listens, which is also its
 * public address unless `publicUrl` says otherwise; `port` is where, if it matters.
 */
export async function start(yaml, { publicUrl, port } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "spotkajmy-"));
  const schedule = join(folder, "schedule.yaml");
  await writeFile(schedule, yaml);
  port ??= await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.env.SPOTKAJMY, [
    "serve", "--schedule", schedule, "--listen", `127.0.0.1:${port}`,
    "--admin-listen", "off", "--public-url", publicUrl ?? url,
  ], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stderr.on("data", (text) => { said += text; });
  await new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the program ended with ${code}:\n${said}`)));
    child.once("error", reject);
    child.stdout.on("data", (text) => { if (String(text).includes("listening on")) resolve(); });
  });
  // A test that fails before it stops the program must still let Node end.
  process.once("exit", () => child.kill("SIGKILL"));
  for (const handle of [child, child.stdout, child.stderr]) handle.unref();
  return {
    url,
    schedule,
    async stop() {
      child.ref();
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
