// html-validate's recommended rules, but for what is no fault.
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Boxes of one question share its name.
    "form-dup-name": ["error", { shared: ["checkbox", "radio", "button", "submit"] }],
    // Safari's screen reader forgets that a list without bullets is one.
    "no-redundant-role": "off",
    // The style sheet keeps the numbers whole.
    "tel-non-breaking": "off",
    // The form that fits the lines to paste is never sent.
    "wcag/h32": "off",
    // vnu judges values.
    "attribute-allowed-values": "off",
    // Names of places are as long as they are.
    "long-title": "off",
  },
};
