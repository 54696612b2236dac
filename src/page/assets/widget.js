  // The framing page's wishes stand in the fragment as
  // #limit=1&theme=dark&accent=%23aa0000, WordPress's secret as #?secret=x.
  const asked = new URLSearchParams(location.hash.replace(/^#\??/, "").replace("#?", "&"));
  const secret = asked.get("secret");
  wish(document.body, Object.fromEntries(asked));
  if (parent === window) return;
  const say = (message, value) => parent.postMessage({ message, value, secret }, "*");
  // In a frame that nobody makes higher, what comes after the next session that
  // is on gives way, and then the invitation: rather a shorter list than a cut one.
  const shown = [...document.querySelectorAll("li:not([hidden])")];
  const next = shown.findIndex((item) => !item.matches(".cancelled, .postponed"));
  const extra = shown.slice(Math.max(next, 0) + 1).reverse();
  extra.push(...document.querySelectorAll(".foot span"));
  const height = () => {
    for (const item of extra) item.hidden = false;
    say("height", Math.ceil(document.body.getBoundingClientRect().height));
    for (const item of extra) item.hidden = document.documentElement.scrollHeight > innerHeight;
  };
  // At once as well: while WordPress hides the frame, browsers observe nothing in it.
  height();
  addEventListener("resize", height);
  new ResizeObserver(height).observe(document.body);
  addEventListener("message", (event) => {
    if (event.source === parent && event.data && event.data.message === "ready") height();
  });
  // In WordPress's sandbox a link leads nowhere: WordPress follows it itself.
  if (secret) addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link) { event.preventDefault(); say("link", link.href); }
  });
