// Listens for changes of the page that it stands on. Served with `backfile serve` only; no published page has it.
(() => {
  const script = document.currentScript;
  const events = `/.backfile/events?page=${encodeURIComponent(location.pathname)}&tag=${script.dataset.tag}`;
  const isProblem = "problem" in script.dataset;
  let source = null;
  let overlay = null;

  // A browser has few connections to one server: pages that nobody looks at let go of theirs, and ask again later.
  const connect = () => {
    if (document.hidden) {
      source?.close();
      source = null;
    } else if (!source) {
      source = new EventSource(events);
      source.addEventListener("reload", () => location.reload());
      source.addEventListener("styles", (event) => swap(event.data));
      source.addEventListener("problems", (event) => show(JSON.parse(event.data)));
    }
  };

  // The new sheet is put in before the old one goes, so that the page is never without.
  const swap = (version) => {
    for (const old of document.querySelectorAll('link[rel~="stylesheet"][href]')) {
      const address = new URL(old.href);
      if (address.origin !== location.origin) continue;
      address.searchParams.set("backfile", version);
      const fresh = old.cloneNode();
      fresh.href = address.href;
      fresh.addEventListener("load", () => old.remove());
      fresh.addEventListener("error", () => fresh.remove());
      old.after(fresh);
    }
  };

  const styles = `
    :host { all: initial; }
    section { position: fixed; inset: 0; z-index: 2147483647; overflow: auto; box-sizing: border-box; padding: 2rem;
      background: rgb(20 16 12 / 0.93); color: #f4efe6; font: 15px/1.5 ui-sans-serif, system-ui, sans-serif; direction: ltr; }
    header { display: flex; justify-content: space-between; align-items: start; max-width: 60rem; margin: 0 auto 1rem; }
    h1 { font-size: 1.1rem; margin: 0; }
    button { font: inherit; color: inherit; background: none; border: 1px solid #8a8070; border-radius: 4px; padding: 0.1rem 0.7rem; cursor: pointer; }
    article { max-width: 60rem; margin: 0 auto 1rem; padding: 1rem; background: #2a231c; border-left: 4px solid #ff6b5e; }
    article.warning { border-color: #ffc857; }
    h2 { font: 600 0.95rem/1.4 ui-monospace, monospace; margin: 0; color: #ffb3ab; overflow-wrap: anywhere; }
    p { margin: 0.4rem 0; overflow-wrap: anywhere; }
    p.hint { color: #9bd4c5; }
    pre { margin: 0.6rem 0 0; font: 0.85rem/1.5 ui-monospace, monospace; overflow: auto; white-space: pre; }
    pre b { color: #ffb3ab; font-weight: 700; }`;

  const element = (name, text, className = "") => {
    const made = document.createElement(name);
    made.textContent = text;
    made.className = className;
    return made;
  };

  const show = (problems) => {
    overlay?.remove();
    overlay = null;
    if (problems.length === 0 || isProblem) return;
    overlay = document.createElement("backfile-problems");
    const root = overlay.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    const section = element("section", "");
    section.setAttribute("role", "alert");
    const header = element("header", "");
    const count = problems.length === 1 ? "One thing is wrong" : `${problems.length} things are wrong`;
    const close = element("button", "Close");
    close.addEventListener("click", () => overlay?.remove());
    header.append(element("h1", count), close);
    section.append(header);
    for (const problem of problems) {
      const article = element("article", "", problem.severity);
      if (problem.place) article.append(element("h2", problem.place));
      article.append(element("p", problem.message));
      if (problem.hint) article.append(element("p", `hint: ${problem.hint}`, "hint"));
      if (problem.lines.length > 0) {
        const code = element("pre", "");
        for (const [number, text] of problem.lines) {
          code.append(element(number === problem.line ? "b" : "span", `${String(number).padStart(5)} │ ${text}\n`));
        }
        article.append(code);
      }
      section.append(article);
    }
    root.append(section);
    document.documentElement.append(overlay);
  };

  addEventListener("keydown", (event) => event.key === "Escape" && overlay?.remove());
  addEventListener("visibilitychange", connect);
  // A page that is left keeps its connection while a browser keeps it for going back.
  addEventListener("pagehide", () => { source?.close(); source = null; });
  addEventListener("pageshow", connect);
  connect();
})();
