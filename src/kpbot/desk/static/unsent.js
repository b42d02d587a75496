// Who leaves a page with words in it that were not sent is asked first: also by the links of the
// page's language, by a second form beside it, and when the window closes.
"use strict";
let sending = null;
addEventListener("submit", (event) => {
  sending = event.target;
  setTimeout(() => { sending = null; }, 2000); // a file came instead of a page: one is still here
});
addEventListener("beforeunload", (event) => {
  const isUnsent = (box) => box.form !== sending && !box.readOnly && box.value.trim() !== "" &&
    (box.value !== box.defaultValue || "unsent" in box.dataset);
  if ([...document.querySelectorAll("textarea")].some(isUnsent)) event.preventDefault();
});
