// node lighthouse.mjs NODE_FOLDER BASE PATH… -> a line of JSON for each page:
// its scores, and what brings one below the budget.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, base, ...paths] = process.argv.slice(2);
const find = createRequire(join(folder, "index.js"));
const load = (name) => import(pathToFileURL(find.resolve(name)));
const { default: lighthouse } = await load("lighthouse");
const { launch } = await load("chrome-launcher");

const BUDGETS = { performance: 95, accessibility: 100, "best-practices": 100, seo: 100 };
// What is no fault, and why.
const EXCEPTIONS = [
  // A widget is part of another page, which is the one to be found.
  [/^\/embed\//, /^(is-crawlable|meta-description|canonical)$/],
  // The widget's policy allows it no request, not even Lighthouse's own for this file.
  [/^\/embed\//, /^robots-txt$/],
  // A poster's drawing is measured in millimetres of paper, not in pixels.
  [/^\/posters?\//, /^font-size$/],
];

const chrome = await launch({ chromePath: "/usr/bin/chromium", chromeFlags: ["--headless=new", "--no-sandbox"] });
try {
  for (const path of paths) {
    const { lhr } = await lighthouse(base + path, {
      port: chrome.port, output: "json", logLevel: "error", onlyCategories: Object.keys(BUDGETS),
    });
    const scores = {}, faults = [];
    for (const [name, budget] of Object.entries(BUDGETS)) {
      const { score, auditRefs } = lhr.categories[name];
      scores[name] = Math.round(score * 100);
      if (scores[name] >= budget) continue;
      const bad = auditRefs.filter(({ id, weight }) => weight && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
        .filter(({ id }) => !EXCEPTIONS.some(([where, what]) => where.test(path) && what.test(id)));
      for (const { id } of bad) faults.push(`${name} ${scores[name]}: ${id}: ${lhr.audits[id].title} ${lhr.audits[id].displayValue ?? ""}`);
    }
    console.log(JSON.stringify({ path, scores, faults }));
  }
} finally {
  await chrome.kill();
}
