  // What whoever shows the sessions wishes: how many, light or dark, the
  // stripe's colour. What ended since the document was made is left out.
  const wish = (widget, { limit, theme, accent }) => {
    const all = [...widget.querySelectorAll("li")];
    const most = Number(limit) >= 1 ? Number(limit) : all.filter((item) => !item.hidden).length;
    const isAhead = (item) => Date.parse(item.dataset.ends) > Date.now();
    const ahead = all.filter(isAhead);
    for (const item of all) item.hidden = !ahead.slice(0, most).includes(item);
    for (const item of widget.querySelectorAll(".moved, .elsewhere")) item.hidden = !isAhead(item);
    widget.querySelector(".nothing").hidden = ahead.length > 0;
    if (/^(light|dark)$/.test(theme)) widget.dataset.theme = theme;
    if (CSS.supports("color", accent || "-")) widget.style.setProperty("--accent", accent);
  };
