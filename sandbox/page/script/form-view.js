import { element } from './element.js';
import { FormField } from './form-field.js';

let count = 0;

/** The form of a card. Required fields are checked here, as DingTalk's own client does. */
export class FormView {
  node;
  #fields;
  #problem = element('p', { class: 'form-problem', role: 'alert', hidden: true });

  /** @param typed what was filled in before, by name */
  constructor(form, _outTrackId, typed = {}) {
    count += 1;
    this.#fields = form.fields
      .filter((field) => !field.hidden)
      .map((field, index) => new FormField(field, `form${count}-${index}`, typed[field.name]));
    this.node = element(
      'form',
      { novalidate: true, onsubmit: (event) => event.preventDefault() },
      ...this.#fields.map(({ node }) => node),
      this.#problem,
    );
  }

  /** What is filled in, by the names of the fields; fields left empty are left out. */
  values() {
    return Object.fromEntries(
      this.#fields.map((field) => [field.name, field.value()]).filter(([, value]) => value !== undefined),
    );
  }

  /** False when a required field is empty; says so and goes there. */
  check() {
    const missing = this.#fields.find((field) => field.isMissing());
    for (const field of this.#fields) field.mark(field === missing);
    this.#problem.hidden = !missing;
    this.#problem.textContent = missing ? missing.problem : '';
    missing?.focus();
    return !missing;
  }
}
