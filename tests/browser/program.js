// Starts the built program on a schedule and on one address, and stops it.
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

process.setMaxListeners(100);

/** A port that was free a moment ago: the public address must be known before the program starts. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The environment of a program whose clock starts at `instant`. */
function fakeClock(instant) {
  const library = readdirSync("/usr/lib").map((folder) => `/usr/lib/${folder}/faketime/libfaketimeMT.so.1`).find(existsSync);
  const start = `@${new Date(instant).toISOString().slice(0, 19).replace("T", " ")}`;
  return { LD_PRELOAD: library, FAKETIME: start, TZ: "UTC", FAKETIME_DONT_FAKE_MONOTONIC: "1", DONT_FAKE_MONOTONIC: "1" };
}

/**
 * The program serving `yaml`. `url` is where it listens, which is also its
 * public address unless `publicUrl` says otherwise; `port` is where, if it
 * matters; `clock` is the instant at which its clock starts, if not now.
 */
export async function start(yaml, { publicUrl, port, clock } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "spotkajmy-"));
  const schedule = join(folder, "schedule.yaml");
  await writeFile(schedule, yaml);
  port ??= await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.env.SPOTKAJMY, [
    "serve", "--schedule", schedule, "--listen", `127.0.0.1:${port}`,
    "--admin-listen", "off", "--public-url", publicUrl ?? url,
  ], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...(clock && fakeClock(clock)) } });
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
    /** Serves `yaml` from now on. */
    async edit(yaml) {
      const tag = async () => (await fetch(`${url}/calendars/all.ics`)).headers.get("etag");
      const before = await tag();
      await writeFile(schedule, yaml);
      child.kill("SIGHUP");
      for (let tries = 0; await tag() === before; tries += 1) {
        if (tries > 200) throw new Error(`the edit did not come:\n${said}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async stop() {
      child.ref();
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

/** The desk of the file at `schedule`, in Polish: its first page's address, and how to stop it. */
export async function startDesk(schedule) {
  const child = spawn(process.env.SPOTKAJMY, ["edit", schedule, "--no-browser", "--language", "pl"], { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the desk ended with ${code}`)));
    child.stdout.on("data", (text) => {
      const address = / at (http:\S+)/.exec(String(text));
      if (address) resolve(address[1]);
    });
  });
  process.once("exit", () => child.kill("SIGKILL"));
  for (const handle of [child, child.stdout]) handle.unref();
  return { url, stop: () => child.kill("SIGKILL") };
}
