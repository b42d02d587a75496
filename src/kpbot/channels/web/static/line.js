// The line to the server: what is said goes out by POST, what is answered comes as a stream.

const KP_BASE = new URL(".", document.currentScript.src).href;
const KP_TRIES = [500, 1000, 2000, 4000, 8000]; // waits between tries, in milliseconds
const KP_SILENCE = 50000; // the server says something every 20 s: after this the line is dead

/** A number of this browser only: nobody else can send under it. */
function kpNewId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0")).join("");
}

const kpWait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

class KpLine {
  #key = "kp-chat:" + KP_BASE;
  #token = null;
  #queue = Promise.resolve();
  #stream = null;
  #after = 0;
  #failed = 0; // times in a row that the stream did not come
  #hear;

  /** `hear`: message(data), caughtUp(), forgotten(), connected(yes). */
  constructor(hear) {
    this.#hear = hear;
    // Storage may be closed to us: then the conversation lasts as long as the page.
    try { this.#token = localStorage.getItem(this.#key); } catch { /* see above */ }
  }

  get known() { return this.#token !== null; }

  /** The event is with the server, after those before it: "" or the word for what is wrong. */
  send(event, retrying) {
    const sent = this.#queue.then(() => this.#deliver(event, retrying));
    this.#queue = sent.catch(() => {});
    return sent;
  }

  /** Messages are heard from here on; the line comes back by itself. */
  listen() {
    if (!this.#stream && this.#token) this.#listen();
  }

  close() {
    this.#stream?.abort();
    this.#stream = null;
  }

  async #deliver(event, retrying) {
    for (let tried = 0; ; tried += 1) {
      const [problem, pause] = await this.#post(event);
      const again = problem === "unavailable" || problem === "too_often";
      if (!again || tried === KP_TRIES.length) return problem;
      retrying(problem);
      await kpWait(Math.max(KP_TRIES[tried], pause));
    }
  }

  /** One try: the word for what is wrong, and how long the server asks to wait. */
  async #post(event) {
    const headers = { "Content-Type": "application/json", ...this.#bearer() };
    try {
      const answer = await fetch(KP_BASE + "api/chat/messages", {
        method: "POST", headers, body: JSON.stringify(event), credentials: "omit",
      });
      const body = await answer.json().catch(() => ({}));
      if (!answer.ok) {
        const pause = Math.min(Number(answer.headers.get("Retry-After")) || 0, 10) * 1000;
        return [answer.status > 499 ? "unavailable" : body.error || "unreadable", pause];
      }
      if (body.token !== this.#token) this.#begin(body);
      this.listen();
      return ["", 0];
    } catch {
      return ["unavailable", 0];
    }
  }

  /** A new session: only now, after the person's first action, anything is stored. */
  #begin({ token, forgotten }) {
    this.close();
    this.#after = 0;
    this.#token = token;
    try { localStorage.setItem(this.#key, token); } catch { /* see above */ }
    if (forgotten) this.#hear.forgotten();
  }

  #forget() {
    this.#token = null;
    try { localStorage.removeItem(this.#key); } catch { /* see above */ }
    this.#hear.forgotten();
  }

  #bearer() {
    return this.#token ? { Authorization: "Bearer " + this.#token } : {};
  }

  async #listen() {
    const mine = (this.#stream = new AbortController());
    while (!mine.signal.aborted) {
      const came = await this.#read(mine.signal).catch(() => false);
      if (mine.signal.aborted) return;
      if (came === null) {
        this.#stream = null;
        return this.#forget();
      }
      this.#failed += 1;
      if (this.#failed === 2) this.#hear.connected(false);
      await Promise.race([
        kpWait(KP_TRIES[Math.min(this.#failed, 5) - 1] * (1 + Math.random() / 2)),
        new Promise((done) => addEventListener("online", done, { once: true })),
      ]);
    }
  }

  /** Reads until the stream ends: true if it was one, null if nobody knows our token. */
  async #read(signal) {
    const dead = new AbortController();
    let clock = setTimeout(() => dead.abort(), KP_SILENCE);
    const stop = () => dead.abort();
    signal.addEventListener("abort", stop);
    try {
      const answer = await fetch(`${KP_BASE}api/chat/stream?after=${this.#after}`, {
        headers: this.#bearer(), cache: "no-store", credentials: "omit", signal: dead.signal,
      });
      if (answer.status === 404 || answer.status === 401) return null;
      if (!answer.ok) return false;
      this.#failed = 0;
      this.#hear.connected(true);
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let rest = ""; ;) {
        const { value, done } = await reader.read();
        if (done) return true;
        clearTimeout(clock);
        clock = setTimeout(stop, KP_SILENCE);
        const blocks = (rest + value).split("\n\n");
        rest = blocks.pop();
        blocks.forEach((block) => this.#block(block));
      }
    } finally {
      clearTimeout(clock);
      signal.removeEventListener("abort", stop);
    }
  }

  #block(block) {
    const fields = Object.fromEntries(block.split("\n").map((line) => {
      const at = line.indexOf(": ");
      return [line.slice(0, at), line.slice(at + 2)];
    }));
    if (fields.event === "now") return this.#hear.caughtUp();
    const id = Number(fields.id);
    if (!fields.data || !(id > this.#after)) return; // seen before, or only a sign of life
    this.#after = id;
    this.#hear.message(JSON.parse(fields.data));
  }
}
