// <kp-chat language="de">: the conversation, on our own page (attribute `page`) or on any other.

const KP_SHEET = new CSSStyleSheet();
KP_SHEET.replaceSync(KP_STYLE);
const KP_APART = ["skip", "keep"]; // choices of a question that are no boxes of its multi-select
const KP_MAIN = ["start", "continue", "send"]; // services that lead on

class KpChat extends HTMLElement {
  #line;
  #language = "de";
  #last = null; // the message whose buttons are in force
  #started = false;
  #at = {}; // the parts that change, by name

  connectedCallback() {
    if (this.shadowRoot) return this.#line.listen();
    const wished = this.getAttribute("language") || document.documentElement.lang || navigator.language;
    const code = wished.slice(0, 2).toLowerCase();
    this.#language = code in KP_WORDS ? code : "en";
    this.#build(this.attachShadow({ mode: "open" }));
    this.#line = new KpLine({
      message: (message) => this.#heard(message),
      caughtUp: () => this.#caughtUp(),
      forgotten: () => this.#forgotten(),
      connected: (yes) => this.#connected(yes),
    });
    this.#speak(this.#language);
    this.#at.intro.hidden = this.#line.known;
    if (this.#line.known) this.#at.log.setAttribute("aria-busy", "true"); // the past is not read out
    else this.#showWelcome();
    this.#line.listen();
  }

  disconnectedCallback() { this.#line.close(); }

  get #words() { return KP_WORDS[this.#language]; }

  // ── the frame: made once; the log is there before the first message and stays ──────────────

  #build(root) {
    root.adoptedStyleSheets = [KP_SHEET];
    const at = this.#at;
    at.title = kpMake("h2");
    at.role = kpMake("p");
    at.languages = kpMake("div", { className: "languages", role: "group", hidden: true },
      ...Object.entries(KP_NAMES).map(([code, name]) => this.#button(
        { title: name, lang: code }, () => this.#press({ question: "command", id: "language:" + code, title: name }))));
    at.intro = kpMake("div", { className: "intro" });
    at.log = kpMake("div", { className: "log", role: "log", tabIndex: 0, "aria-live": "polite" });
    at.controls = kpMake("div", { className: "controls" });
    at.scroll = kpMake("div", { className: "scroll" }, at.intro, at.log, at.controls);
    at.status = kpMake("div", { className: "status", role: "status" });
    at.label = kpMake("label", { htmlFor: "text" });
    at.keys = kpMake("p", { className: "hidden", id: "keys" });
    at.text = kpMake("textarea", { id: "text", rows: 1, dir: "auto", "aria-describedby": "keys" });
    at.send = kpMake("button", { className: "send", type: "submit" });
    at.privacy = kpMake("a");
    at.plain = kpMake("a");
    at.form = kpMake("form", { noValidate: true }, at.label,
      kpMake("div", { className: "row" }, at.text, at.send), at.keys);
    at.form.addEventListener("submit", (event) => { event.preventDefault(); this.#say(); });
    at.text.addEventListener("input", () => at.text.classList.toggle("number", kpIsNumber(at.text.value)));
    at.text.addEventListener("keydown", (event) => {
      // while a word is being composed, Enter belongs to the input method (229: older Safari)
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      if (!event.repeat) this.#say();
    });
    root.append(kpMake("header", {}, kpMake("div", {}, at.title, at.role), at.languages),
      at.scroll, at.status, at.form, kpMake("footer", {}, at.privacy, at.plain));
  }

  /** The interface speaks the language, in its direction. */
  #speak(language) {
    this.#language = language;
    const [words, at] = [this.#words, this.#at];
    this.lang = language;
    this.dir = language === "ar" ? "rtl" : "ltr";
    const texts = { title: "name", role: "role", label: "text", keys: "keys", send: "send" };
    for (const [part, word] of Object.entries(texts)) at[part].textContent = words[word];
    at.log.setAttribute("aria-label", words.log);
    at.languages.setAttribute("aria-label", words.languages);
    for (const button of at.languages.children) button.setAttribute("aria-pressed", button.lang === language);
    for (const [part, path] of [["privacy", "privacy"], ["plain", "chat"]]) {
      const foreign = !this.hasAttribute("page"); // the host's page stays open
      at[part].href = `${KP_BASE}${path}?language=${language}`;
      at[part].target = foreign ? "_blank" : "";
      at[part].rel = foreign ? "noopener" : "";
      at[part].textContent = words[part] + (foreign ? " " + words.new_tab : "");
    }
  }

  /** Before the first action: who this is, and the languages to begin in. Nothing is stored. */
  #showWelcome() {
    const [words, at] = [this.#words, this.#at];
    at.intro.hidden = false;
    const contact = KP_CONTACT ? kpParagraphs(`${words.contact} ${KP_CONTACT}`, true) : [];
    at.intro.replaceChildren(
      kpMake("p", {}, kpMake("strong", { textContent: words.hello }), words.identity),
      kpMake("p", { textContent: words.begin }), ...contact);
    at.controls.replaceChildren(kpGroup("answers", words.languages,
      Object.entries(KP_NAMES).map(([code, name]) => this.#button(
        { title: name, lang: code }, () => this.#send({ open: true }, name, code)))));
  }

  #start() {
    if (this.#started) return;
    this.#started = true;
    this.#at.intro.hidden = true;
    this.#at.languages.hidden = false;
  }

  // ── what the person does ────────────────────────────────────────────────────────────────────

  #say() {
    const text = this.#at.text.value.trim();
    this.#at.text.focus();
    if (!text) return this.#at.controls.scrollIntoView({ block: "end" }); // perhaps a button was meant
    this.#at.text.value = "";
    this.#at.text.classList.remove("number");
    this.#send({ say: text }, text);
  }

  #press({ question, id, title }) {
    const turn = this.#last?.turn ?? 0;
    this.#send({ press: { turn, question, choice: id } }, title);
  }

  /** The person's bubble is there at once; its controls go; the event goes out until it arrives. */
  async #send(event, text, language = this.#language) {
    const bubble = kpBubble(this.#words.you, text, { language, mine: true });
    this.#at.log.append(bubble);
    this.#at.controls.replaceChildren();
    this.#at.status.textContent = "";
    this.#at.text.focus({ preventScroll: true });
    this.#show(bubble);
    await this.#deliver({ id: kpNewId(), language, ...event }, bubble);
  }

  async #deliver(event, bubble) {
    const state = kpMake("div", { className: "state" });
    const say = (word) => {
      state.replaceChildren(kpMake("span", { textContent: this.#words[word] }));
      bubble.append(state);
    };
    const problem = await this.#line.send(event, () => say("sending"));
    if (!problem) return state.remove();
    say("not_sent");
    this.#notice(this.#words[problem] ?? this.#words.unreadable);
    if (problem === "too_long" && !this.#at.text.value) this.#at.text.value = event.say;
    if (problem === "unavailable" || problem === "too_often") {
      state.append(this.#button({ title: this.#words.retry }, () => {
        state.remove();
        this.#at.text.focus();
        this.#deliver(event, bubble); // the same id: if it did arrive, it is not taken twice
      }));
    }
    if (this.#last) this.#showControls(this.#last);
    this.#show(bubble);
  }

  /** A button. The second click of a double click may land on the next question's: it is none. */
  #button({ title, lang }, act) {
    const button = kpMake("button", { type: "button", textContent: title, dir: "auto" });
    if (lang) button.lang = lang;
    button.addEventListener("click", (click) => { if (click.detail < 2) act(); });
    return button;
  }

  // ── what the bot says ───────────────────────────────────────────────────────────────────────

  #heard(message) {
    this.#start();
    if (message.language !== this.#language) this.#speak(message.language);
    if (message.toast) {
      this.#at.status.textContent = message.text;
      if (this.#last) this.#showControls(this.#last);
      return;
    }
    this.#at.status.textContent = "";
    this.#last = message;
    const bubble = kpBubble(this.#words.bot, message.text, { language: message.language });
    this.#at.log.append(bubble);
    this.#showControls(message);
    this.#show(bubble);
  }

  #caughtUp() {
    this.#at.log.removeAttribute("aria-busy");
    this.#start();
  }

  #forgotten() {
    this.#last = null;
    this.#at.log.removeAttribute("aria-busy");
    if (!this.#started) this.#showWelcome();
    this.#notice(this.#words.forgotten);
  }

  #connected(yes) {
    const { status } = this.#at;
    const words = Object.values(KP_WORDS);
    if (!yes) status.textContent = this.#words.offline;
    else if (words.some((each) => each.offline === status.textContent)) status.textContent = this.#words.online;
  }

  #notice(text) {
    const bubble = kpBubble(this.#words.notice, text, { language: this.#language, notice: true });
    this.#at.log.append(bubble);
    this.#show(bubble);
  }

  /** The buttons of the message: answers, multi-select, then services; help and a person always. */
  #showControls({ buttons, select }) {
    const words = this.#words;
    const isBox = (b) => select && b.question === select.question && !KP_APART.includes(b.id);
    const isService = (b) => b.question === "command" || b.id === "skip";
    const services = buttons.filter(isService);
    const answers = buttons.filter((b) => !isService(b) && !isBox(b));
    for (const id of ["help", "human"]) {
      if (!services.some((b) => b.id === id)) services.push({ id, question: "command", title: words[id] });
    }
    const made = (list) => list.map((b) => {
      const button = this.#button(b, () => this.#press(b));
      button.classList.toggle("main", b.question === "command" && KP_MAIN.includes(b.id));
      return button;
    });
    const parts = [];
    if (select) parts.push(kpSelect(buttons.filter(isBox), select, words, (chosen, click) => {
      if (click.detail < 2) this.#select(select.question, chosen);
    }));
    if (answers.length) parts.push(kpGroup("answers", words.answers, made(answers)));
    parts.push(kpGroup("services", words.services, made(services)));
    this.#at.controls.replaceChildren(...parts);
  }

  #select(question, chosen) {
    const select = { turn: this.#last.turn, question, choices: chosen.map((box) => box.id) };
    this.#send({ select }, chosen.map((box) => box.title).join("; "));
  }

  /** The end of the log is in view; a message that is longer than the view from its beginning. */
  #show(bubble) {
    const { scroll } = this.#at;
    if (scroll.scrollHeight <= scroll.clientHeight + 1) { // nothing to scroll in here: the page does
      if (this.hasAttribute("page") || this.shadowRoot.activeElement) bubble.scrollIntoView({ block: "nearest" });
      return;
    }
    scroll.scrollTop = scroll.scrollHeight;
    const above = scroll.getBoundingClientRect().top - bubble.getBoundingClientRect().top;
    if (above > 0) scroll.scrollTop -= above + 8;
  }
}

if (!customElements.get("kp-chat")) customElements.define("kp-chat", KpChat);
