  // <spotkajmy-sessions district="nowa-huta" lang="pl" limit="3" theme="dark" accent="#0b5d56">
  // The next sessions on any page: its own shadow, no cookie, one request to
  // the service. It shows the document that a frame would, so no word and no
  // time is written here. Frames of the same service get their height, too.
  const service = SERVICE;
  const languages = LANGUAGES;

  const style = (root, css) => {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      root.adoptedStyleSheets = [sheet];
      return [];
    } catch {
      // Safari before 16.4. Elsewhere a page's own policy may forbid this.
      const element = document.createElement("style");
      element.textContent = css;
      return [element];
    }
  };

  // A document that was only parsed runs no script, and the service escapes
  // every text in it. A page that demands Trusted Types wants that said.
  let policy;
  const trusted = (html) => {
    if (!window.trustedTypes) return html;
    policy = policy || trustedTypes.createPolicy("spotkajmy-sessions", { createHTML: (text) => text });
    return policy.createHTML(html);
  };

  class Sessions extends HTMLElement {
    static get observedAttributes() { return ["district", "lang", "limit", "theme", "accent"]; }

    connectedCallback() {
      // Until the sessions are here, and if they never come, what the page
      // wrote between the tags stands in their place.
      if (!this.shadowRoot) this.attachShadow({ mode: "open" }).append(document.createElement("slot"));
      this.load();
    }

    attributeChangedCallback() {
      if (this.shadowRoot) this.load();
    }

    load() {
      clearTimeout(this.later);
      this.later = setTimeout(async () => {
        const asked = this.asked = {};
        const around = this.closest("[lang]");
        const language = around ? around.lang.slice(0, 2).toLowerCase() : "";
        const prefix = languages.indexOf(language) > 0 ? `${language}/` : "";
        const district = (this.getAttribute("district") || "all").split(",").map((part) => encodeURIComponent(part.trim())).join(",");
        try {
          const answer = await fetch(`${service}${prefix}embed/${district}/`, { credentials: "omit", referrerPolicy: "no-referrer" });
          // Read in any case: an answer left unread keeps its connection.
          const html = await answer.text();
          if (!answer.ok) throw new Error(`spotkajmy-sessions: ${answer.status} for "${district}"`);
          if (asked === this.asked) this.show(html);
        } catch (error) {
          console.warn(error);
        }
      });
    }

    show(html) {
      // The style goes by another way: here the page's policy would judge it.
      const [inline, css] = html.match(/<style>([^]*?)<\/style>/);
      const made = new DOMParser().parseFromString(trusted(html.replace(inline, "")), "text/html");
      const main = document.importNode(made.querySelector(".sessions"), true);
      // Another page's own headings and landmark stand around this.
      const section = document.createElement("section");
      section.className = "widget sessions";
      section.lang = made.documentElement.lang;
      section.append(...main.childNodes);
      const heading = document.createElement("h2");
      heading.append(...section.firstElementChild.childNodes);
      section.firstElementChild.replaceWith(heading);
      const [limit, theme, accent] = ["limit", "theme", "accent"].map((name) => this.getAttribute(name));
      wish(section, { limit, theme, accent });
      this.shadowRoot.replaceChildren(...style(this.shadowRoot, css), section);
    }
  }
  if (!customElements.get("spotkajmy-sessions")) customElements.define("spotkajmy-sessions", Sessions);

  addEventListener("message", (event) => {
    const { message, value } = event.data || {};
    if (message !== "height" || !(value > 0)) return;
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.contentWindow === event.source && frame.src.startsWith(service)) frame.height = Math.min(value, 3000);
    }
  });
