// The page around the terminal: where its socket is, the screen as text, files in and out.
"use strict";
(() => {
  const here = new URL(".", window.location.href);
  const socket = new URL("ws", here);
  socket.protocol = here.protocol === "https:" ? "wss:" : "ws:";
  const find = (id) => document.getElementById(id);
  find("terminal").dataset.sessionWebsocketUrl = socket.href;

  const toScreen = () => document.querySelector(".xterm-helper-textarea")?.focus();
  // Tab belongs to the screen, so another key leads out of it and back
  window.addEventListener("keydown", (event) => {
    if (event.key !== "F8") return;
    event.preventDefault();
    event.stopPropagation();
    if (find("terminal").contains(document.activeElement)) find("show-text").focus();
    else toScreen();
  }, { capture: true });

  const say = (words) => { find("said").textContent = words; };
  const events = new EventSource(new URL("events", here));
  events.addEventListener("mirror", (event) => {
    const { text, focus, light } = JSON.parse(event.data);
    document.body.classList.toggle("light", light);
    find("text").textContent = text;
    if (find("focus").textContent !== focus) find("focus").textContent = focus;
  });
  events.addEventListener("download", (event) => {
    const { key, name } = JSON.parse(event.data);
    const link = document.createElement("a");
    link.href = new URL("download/" + encodeURIComponent(key), here);
    link.download = name;
    link.click();
    say(name + " is being downloaded.");
  });

  find("show-text").addEventListener("click", (event) => {
    const on = document.body.classList.toggle("as-text");
    event.target.setAttribute("aria-pressed", String(on));
    event.target.textContent = on ? "Show the screen" : "Show as text";
    toScreen();
  });

  const input = document.querySelector("#upload input");
  find("choose-file").addEventListener("click", () => input.click());
  input.addEventListener("change", async () => {
    const file = input.files[0];
    if (!file) return;
    say("Sending " + file.name + " …");
    try {
      const answer = await fetch(new URL("upload", here), {
        method: "POST", body: file, headers: { "X-File-Name": encodeURIComponent(file.name) },
      });
      say(answer.ok ? file.name + " was sent." : await answer.text());
    } catch {
      say(file.name + " was not sent: the connection is down. Send it again.");
    }
    input.value = "";
    toScreen();
  });

  let begun = false;
  new MutationObserver(() => {
    if (!begun && document.body.classList.contains("-first-byte")) {
      begun = true;
      toScreen();
    }
    if (!document.body.classList.contains("-closed")) return;
    events.close();
    find("ended").hidden = false;
    find("again").focus();
  }).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  find("again").addEventListener("click", () => window.location.reload());
})();
