// Small parts of the page, made by createElement and text only: nothing is ever parsed as HTML.

/** An element with properties (or attributes, where there is no such property) and children. */
function kpMake(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const KP_LINK = /(?:https?:\/\/|mailto:|tel:)[^\s<>"'«»“”„\u2066-\u2069]+/g;
const KP_AFTER_LINK = /[.,;:!?)\]}،؛؟]+$/;

/** The text with addresses as links: only these three kinds, and only where they are spelled out. */
function kpLinked(text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(KP_LINK)) {
    const address = found[0].replace(KP_AFTER_LINK, "");
    if (!URL.canParse(address)) continue;
    parts.push(text.slice(end, found.index), kpMake("a", {
      href: address, textContent: address, target: "_blank", rel: "noopener noreferrer",
    }));
    end = found.index + address.length;
  }
  return [...parts, text.slice(end)];
}

/** The text in paragraphs: they are divided by blank lines. */
function kpParagraphs(text, linked) {
  return text.split(/\n{2,}/).filter((part) => part.trim()).map((part) =>
    kpMake("p", {}, ...(linked ? kpLinked(part) : [part])));
}

/** A telephone number: in Arabic digits, its groups would else stand from right to left (UAX 9). */
function kpIsNumber(text) {
  return /^[\p{Nd}\s+()/.-]+$/u.test(text) && text.match(/\p{Nd}/gu)?.length > 5;
}

/** One message. The speaker has a direction of its own, so that `auto` looks at the text alone. */
function kpBubble(speaker, text, { language, mine = false, notice = false }) {
  return kpMake("div",
    { className: "bubble" + (mine ? " mine" : "") + (notice ? " notice" : "") + (kpIsNumber(text) ? " number" : ""),
      lang: language, dir: "auto" },
    kpMake("span", { className: "hidden", dir: "auto", textContent: speaker + ": " }),
    ...kpParagraphs(text, !mine));
}

/** A group of buttons with a name. */
function kpGroup(className, label, buttons) {
  const group = kpMake("div", { className: "group " + className, role: "group" }, ...buttons);
  group.setAttribute("aria-label", label);
  return group;
}

/** A multi-select that sends only a number of choices that is allowed, and says why if not. */
function kpSelect(boxes, { min, max }, words, send) {
  const say = (key) => words[key].replace("{min}", min).replace("{max}", max);
  const most = Math.min(max, boxes.length);
  const error = kpMake("p", { className: "error", id: "error", role: "alert" });
  const inputs = boxes.map((box) => kpMake("input", { type: "checkbox", value: box.id }));
  const submit = kpMake("button", { type: "button", className: "main", textContent: words.send_choice });
  const field = kpMake("fieldset", {},
    kpMake("legend", { textContent: say(min === most ? "choose_exactly" : "choose").replace("{max}", most) }),
    kpMake("div", { className: "boxes" }, ...boxes.map((box, place) => kpMake("label", {},
      inputs[place], kpMake("span", { dir: "auto", textContent: box.title })))),
    error, submit);
  submit.addEventListener("click", (click) => {
    const chosen = boxes.filter((_, place) => inputs[place].checked);
    const wrong = chosen.length < min ? "too_few" : chosen.length > max ? "too_many" : "";
    if (!wrong) return send(chosen, click);
    error.textContent = say(wrong);
    inputs.forEach((input) => {
      input.setAttribute("aria-describedby", "error");
      input.setAttribute("aria-invalid", "true");
    });
    inputs[0].focus();
  });
  return field;
}
