// What the pages do besides being read: copy, print, open the way for this
// device, share, and fit the lines for an organisation. Nothing is stored,
// nothing is asked from anywhere.
"use strict";

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  const label = button.textContent;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = button.dataset.copied;
    } catch {
      // No permission, or no https: the text is marked, ready for Ctrl+C.
      button.textContent = button.dataset.marked;
    }
    setTimeout(() => { button.textContent = label; }, 4000);
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// The way of this device first. A Mac with a touch screen is an iPad. Where
// nothing opens a webcal: address, its button gives way to what works.
const agent = navigator.userAgent;
const device = /android/i.test(agent) ? "android"
  : /windows/i.test(agent) ? "windows"
  : /iphone|ipad/i.test(agent) || navigator.maxTouchPoints > 1 ? "ios"
  : /macintosh/i.test(agent) ? "mac" : "";
document.documentElement.dataset.device = device;
const way = device && document.querySelector(`details[data-device=${device}]`);
if (way) {
  way.open = true;
  way.parentNode.prepend(way);
}

for (const link of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) continue;
  link.hidden = false;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    // A reader who closes the list of programs has changed their mind.
    navigator.share({ title: document.title, text: link.dataset.share }).catch(() => {});
  });
}

const form = document.getElementById("fit");
if (form) {
  const field = (name) => document.getElementById(`fit-${name}`);
  const line = (name) => document.getElementById(`line-${name}`);
  const usual = { list: line("list").value, accent: field("accent").value };
  const parse = (text) => new DOMParser().parseFromString(text, "text/html");
  const pasted = parse(line("element").value);
  const [script, element] = ["script", "spotkajmy-sessions"].map((name) => pasted.querySelector(name));
  const frame = parse(line("frame").value).querySelector("iframe");

  const fit = () => {
    const accent = field("accent").value;
    const choice = { limit: field("limit").value, theme: field("theme").value, accent: accent === usual.accent ? "" : accent };
    for (const [name, value] of Object.entries(choice)) {
      if (value) element.setAttribute(name, value);
      else element.removeAttribute(name);
    }
    const fragment = String(new URLSearchParams(Object.entries(choice).filter(([, value]) => value)));
    const address = usual.list + (fragment && `#${fragment}`);
    frame.setAttribute("src", address);
    frame.height = field("limit").selectedOptions[0].dataset.height;
    line("list").value = address;
    line("element").value = `${script.outerHTML}\n${element.outerHTML}`;
    line("frame").value = frame.outerHTML;
    const preview = document.getElementById("preview-frame");
    // Only the fragment may have changed, which loads nothing by itself.
    const fresh = preview.cloneNode();
    const own = new URL(address);
    fresh.src = own.pathname + own.hash;
    fresh.height = frame.height;
    preview.replaceWith(fresh);
  };
  form.addEventListener("input", fit);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
}
