// The page around the terminal: where its socket is, the screen as text, files in and out.
"use strict";
(() => {
  const here = new URL(".", window.location.href);
  const socket = new URL("ws", here);
  socket.protocol = here.protocol === "https:" ? "wss:" : "ws:";
  const find = (id) => document.getElementById(id);
  find("terminal").dataset.sessionWebsocketUrl = socket.href;

  const say = (words) => { find("said").textContent = words; };
  const events = new EventSource(new URL("events", here));
  events.addEventListener("mirror", (event) => {
    const { text, focus } = JSON.parse(event.data);
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
  });

  const input = document.querySelector("#upload input");
  find("choose-file").addEventListener("click", () => input.click());
  input.addEventListener("change", async () => {
    const file = input.files[0];
    if (!file) return;
    say("Sending " + file.name + " …");
    const answer = await fetch(new URL("upload", here), {
      method: "POST", body: file, headers: { "X-File-Name": encodeURIComponent(file.name) },
    });
    say(answer.ok ? file.name + " was sent." : await answer.text());
    input.value = "";
  });

  new MutationObserver(() => {
    if (!document.body.classList.contains("-closed")) return;
    events.close();
    find("ended").hidden = false;
    find("again").focus();
  }).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  find("again").addEventListener("click", () => window.location.reload());
})();
