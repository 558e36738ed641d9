// Times in the viewer's own zone, values to the clipboard, lists that hold still, and nothing that a page could not do without.
(() => {
  const format = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

  function localize(root) {
    for (const time of root.querySelectorAll("time[datetime]:not([title])")) {
      const at = new Date(time.dateTime);
      if (!Number.isNaN(at.getTime())) {
        time.title = time.dateTime + " (UTC)";
        time.textContent = format.format(at);
      }
    }
    for (const button of root.querySelectorAll("button[data-copy]")) {
      button.hidden = !navigator.clipboard;
      button.ariaLive = "polite";
    }
    for (const button of root.querySelectorAll("button[data-hold]")) {
      button.hidden = false;
    }
    // What follows a list that has moved on begins where it ends now.
    const older = document.querySelector("a[data-older]");
    const next = document.querySelector("[data-next]");
    if (older && next) {
      const to = new URL(older.href);
      to.searchParams.set("after", next.dataset.next);
      older.href = to.href;
    }
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (button) {
      const source = document.getElementById(button.dataset.copy);
      await navigator.clipboard.writeText(source.value ?? source.textContent);
      button.dataset.name ??= button.textContent;
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = button.dataset.name; }, 1500);
    }
  });

  // The menu is closed as menus are: by Escape, and by turning to something else.
  const menu = document.querySelector("details.menu");

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu?.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  for (const name of ["click", "focusin"]) {
    document.addEventListener(name, (event) => {
      if (menu?.open && !menu.contains(event.target)) {
        menu.open = false;
      }
    });
  }

  // A list that is held still gets the newest that came meanwhile when it may go on.
  const held = new Map();

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-hold]");
    if (button) {
      const id = button.dataset.hold;
      const missed = held.get(id);
      if (held.has(id)) {
        held.delete(id);
      } else {
        held.set(id, null);
      }
      if (missed) {
        htmx.swap(document.getElementById(id), missed, { swapStyle: "innerHTML", swapDelay: 0, settleDelay: 0 });
      }
      button.setAttribute("aria-pressed", String(held.has(id)));
    }
  });

  document.addEventListener("htmx:sseBeforeMessage", (event) => {
    if (held.has(event.target.id)) {
      held.set(event.target.id, event.detail.data);
      event.preventDefault();
    }
  });

  // What the page shows may be out of date: it says so as soon as it has been for a while, and until it is not.
  const lost = document.createElement("p");
  lost.className = "notice warn";
  lost.setAttribute("role", "status");
  lost.hidden = true;
  document.querySelector("main")?.before(lost);
  let waiting;

  function away() {
    waiting ??= setTimeout(() => {
      lost.textContent = "The connection is lost. What you see is not the newest; it is tried again.";
      lost.hidden = false;
    }, 3000);
  }

  function back(event) {
    if (event.detail?.successful === false) {
      return;
    }
    clearTimeout(waiting);
    waiting = undefined;
    lost.hidden = true;
    lost.textContent = "";
  }

  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:sseError"]) {
    document.addEventListener(name, away);
  }
  for (const name of ["htmx:afterOnLoad", "htmx:sseOpen", "htmx:sseMessage"]) {
    document.addEventListener(name, back);
  }
  for (const name of ["htmx:afterSwap", "htmx:afterSettle"]) {
    document.addEventListener(name, (event) => event.target.querySelectorAll && localize(event.target));
  }
  localize(document);
})();
