// <spotkajmy-sessions district="nowa-huta" lang="pl" limit="3" theme="dark" accent="#0b5d56">
// The next sessions on any page: its own shadow, no cookie, one request to
// the service that this script came from. Frames of the same service get
// their height, too.
(() => {
  "use strict";
  const base = new URL(".", document.currentScript.src);
  const usual = "DEFAULT_LANGUAGE";
  const words = {
    pl: ["Odwołane", "Przełożone", "Termin wstępny", "miejsce wkrótce podamy", "Nie ogłosiliśmy jeszcze terminu. Zasubskrybuj kalendarz, a następne spotkanie pojawi się w nim samo.", "Subskrybuj", "Wystarczy przyjść"],
    en: ["Cancelled", "Postponed", "Provisional date", "place to be announced", "No date is announced yet. Subscribe to the calendar and the next meeting will appear in it by itself.", "Subscribe", "Just come"],
    uk: ["Скасовано", "Перенесено", "Попередня дата", "місце оголосимо згодом", "Дату ще не оголошено. Підпишіться на календар, і наступна зустріч з’явиться в ньому сама.", "Підписатися", "Просто приходьте"],
  };
  const dark = "--paper:#29211a;--ink:#f6eee1;--soft:#cdbda9;--rule:#4d4035;--link:#86d6c9;--brick:#ffb39d";
  const sheet = new CSSStyleSheet();
  // Sizes start from the reader's own, never from the host page's root.
  sheet.replaceSync(`
    :host{all:initial;display:block;color-scheme:light;--paper:#fffdf8;--ink:#2b211a;--soft:#5f5146;--rule:#dccdb4;--link:#0b5d56;--brick:#98290f;--accent:var(--link)}
    @media(prefers-color-scheme:dark){:host(:not([theme=light])){color-scheme:dark;${dark}}}
    :host([theme=dark]){color-scheme:dark;${dark}}
    :host([hidden]){display:none}
    section{background:var(--paper);color:var(--ink);border-left:6px solid var(--accent);padding:1em 1.1em;font:medium/1.45 system-ui,"Segoe UI",Roboto,Arial,sans-serif;overflow-wrap:anywhere}
    h2,p,ul{margin:0;padding:0;list-style:none}
    h2{font:700 1.25em/1.25 "Iowan Old Style","Palatino Linotype",Palatino,Georgia,serif}
    h2 a{color:inherit;text-decoration:none}h2 a:hover{text-decoration:underline}
    li,.foot{margin-top:.7em;padding-top:.7em;border-top:1px solid var(--rule)}
    a{color:var(--link);text-underline-offset:.15em}li a,.foot a{font-weight:700;margin-right:.5em}
    :focus-visible{outline:3px solid var(--ink);outline-offset:2px}
    li span{display:block;color:var(--soft)}
    .off time{text-decoration:line-through}
    b{display:table;margin-bottom:.2em;padding:0 .4em;border:2px solid;color:var(--brick);font-size:.8em;text-transform:uppercase;letter-spacing:.05em}
    .tentative b{color:inherit;border-style:dashed}
  `);
  // Elements are made one by one: no text of the schedule is ever read as HTML.
  const make = (name, attributes, ...children) => {
    const node = document.createElement(name);
    for (const key in attributes) node.setAttribute(key, attributes[key]);
    node.append(...children);
    return node;
  };

  class Sessions extends HTMLElement {
    static observedAttributes = ["district", "lang", "limit", "theme", "accent"];

    connectedCallback() {
      if (!this.shadowRoot) {
        this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
        // Until the sessions are here, and if they never come, what the page
        // wrote between the tags stands in their place.
        this.shadowRoot.append(make("slot"));
      }
      this.load();
    }

    attributeChangedCallback() {
      if (this.shadowRoot) this.load();
    }

    load() {
      clearTimeout(this.later);
      this.later = setTimeout(async () => {
        const around = this.closest("[lang]");
        const asked = (around ? around.lang : usual).slice(0, 2).toLowerCase();
        const language = words[asked] ? asked : usual;
        const district = (this.getAttribute("district") || "all").split(",").map((part) => encodeURIComponent(part.trim())).join(",");
        const prefix = language === usual ? "" : `${language}/`;
        try {
          const answer = await fetch(new URL(`${prefix}calendars/${district}.json`, base), { credentials: "omit", referrerPolicy: "no-referrer" });
          if (!answer.ok) throw new Error(`spotkajmy-sessions: ${answer.status} for "${district}"`);
          this.show(await answer.json(), language);
        } catch (error) {
          console.warn(error);
        }
      });
    }

    show(feed, language) {
      const say = words[language];
      const wished = Number(this.getAttribute("limit"));
      const limit = wished >= 1 ? wished : 3;
      const ahead = feed.sessions.filter((session) => Date.parse(session.end) > Date.now()).slice(0, limit);
      const link = (href, ...children) => make("a", { href, target: "_blank", rel: "noopener" }, ...children);
      const front = feed.calendar.url;
      const title = make("h2", {}, link(front, feed.calendar.title));
      const rows = ahead.map((session) => {
        const format = (options, time) => new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { ...options, timeZone: session.timezone }).format(new Date(time));
        const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
        const date = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" }, session.start).replace(" р.", "");
        const hours = `${format(clock, session.start)}–${format(clock, session.end)}`;
        const status = { cancelled: say[0], postponed: say[1], tentative: say[2] }[session.status];
        const off = status && session.status !== "tentative";
        const place = session.place ? [session.place.name, session.place.address].filter(Boolean).join(", ") : say[3];
        return make("li", { class: off ? "off" : session.status },
          ...(status ? [make("b", {}, status)] : []),
          link(session.url, make("time", { datetime: session.start }, date)),
          make("time", {}, hours),
          make("span", {}, place));
      });
      const accent = this.getAttribute("accent");
      if (CSS.supports("color", accent || "-")) this.style.setProperty("--accent", accent);
      else this.style.removeProperty("--accent");
      this.shadowRoot.replaceChildren(make("section", { lang: language }, title,
        rows.length ? make("ul", { role: "list" }, ...rows) : make("p", {}, say[4]),
        make("p", { class: "foot" }, link(`${front}#subscribe`, say[5]), say[6])));
    }
  }
  if (!customElements.get("spotkajmy-sessions")) customElements.define("spotkajmy-sessions", Sessions);

  addEventListener("message", (event) => {
    const { message, value } = event.data || {};
    if (message !== "height" || !(value > 0)) return;
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.contentWindow === event.source && frame.src.startsWith(base)) frame.height = Math.min(value, 3000);
    }
  });
})();
