(() => {
  // What the framing page asked for stands in the fragment: its wishes as
  // #limit=1&theme=dark&accent=%23aa0000, WordPress's secret as #?secret=x.
  const asked = new URLSearchParams(location.hash.replace(/^#\??/, "").replace("#?", "&"));
  const secret = asked.get("secret");
  const root = document.documentElement;
  if (/^(light|dark)$/.test(asked.get("theme"))) root.dataset.theme = asked.get("theme");
  if (/^#[0-9a-f]{3,8}$/i.test(asked.get("accent"))) root.style.setProperty("--accent", asked.get("accent"));
  const limit = Number(asked.get("limit"));
  if (limit >= 1) [...document.querySelectorAll("li")].forEach((item, index) => { item.hidden = index >= limit; });
  if (parent === window) return;
  const say = (message, value) => parent.postMessage({ message, value, secret }, "*");
  const height = () => say("height", Math.ceil(document.body.getBoundingClientRect().height));
  // At once as well: while WordPress hides the frame, browsers observe nothing in it.
  height();
  new ResizeObserver(height).observe(document.body);
  addEventListener("message", (event) => {
    if (event.source === parent && event.data && event.data.message === "ready") height();
  });
  // In WordPress's sandbox a link leads nowhere: WordPress follows it itself.
  if (secret) addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link) { event.preventDefault(); say("link", link.href); }
  });
})();
