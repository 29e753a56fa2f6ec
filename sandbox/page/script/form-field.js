import { button, element } from './element.js';

const INPUTS = { TEXT: 'text', NUMBER: 'number', DATE: 'date', TIME: 'time', DATETIME: 'datetime-local' };
const CHOICES = { MULTI_SELECT: 'checkbox', CHECKBOX_GROUP: 'radio', MULTI_CHECKBOX_GROUP: 'checkbox' };

/** One field of a card's form, of any type DingTalk's form component has. */
export class FormField {
  name;
  problem;
  node;
  #field;
  #id;

  /** @param typed what was filled in before, if anything */
  constructor(field, id, typed) {
    this.#field = field;
    this.#id = id;
    this.name = field.name;
    this.problem = field.requiredMsg ?? `請填寫「${field.label ?? field.name}」`;
    this.node = this.#draw(typed ?? plain(field.defaultValue));
  }

  /** The value as the control API takes it; undefined when nothing is filled in. */
  value() {
    const { type } = this.#field;
    if (type === 'CHECKBOX' || type === 'SWITCH') return this.node.querySelector('input').checked;
    if (type === 'TEXT_ARRAY') return this.#texts();
    if (CHOICES[type]) return this.#chosen();
    const text = this.node.querySelector('input, textarea, select').value;
    if (text === '') return undefined;
    if (type === 'NUMBER') return Number(text);
    return type === 'DATETIME' ? text.replace('T', ' ').slice(0, 16) : text;
  }

  isMissing() {
    if (!this.#field.required || this.#field.readOnly) return false;
    const value = this.value();
    return value === undefined || value === '' || value === false || (Array.isArray(value) && value.length === 0);
  }

  mark(isWrong) {
    for (const input of this.node.querySelectorAll('input, textarea, select')) {
      if (isWrong) input.setAttribute('aria-invalid', 'true');
      else input.removeAttribute('aria-invalid');
    }
  }

  focus() {
    this.node.querySelector('input, textarea, select')?.focus();
  }

  #draw(value) {
    const { type, label, name, options = [] } = this.#field;
    const text = label ?? name;
    if (type === 'CHECKBOX' || type === 'SWITCH') {
      const box = element('input', { ...this.#common(), type: 'checkbox', checked: value === true });
      if (type === 'SWITCH') box.setAttribute('role', 'switch');
      return element('label', { class: 'field-check' }, box, element('span', {}, text, this.#star()));
    }
    if (CHOICES[type]) return this.#drawChoices(text, options, value);
    if (type === 'TEXT_ARRAY') return this.#drawTexts(text, Array.isArray(value) ? value : ['']);
    return element(
      'div',
      { class: 'field' },
      element('label', { for: this.#id }, text, this.#star()),
      this.#drawInput(type, options, value),
    );
  }

  #drawInput(type, options, value) {
    const common = { ...this.#common(), id: this.#id, placeholder: this.#field.placeholder };
    if (type === 'SELECT') {
      return element(
        'select',
        { ...common, placeholder: undefined },
        element('option', { value: '' }, this.#field.placeholder ?? '請選擇'),
        ...options.map((one) => element('option', { value: one.value, selected: one.value === value }, one.text)),
      );
    }
    if (type === 'TEXT_AREA') {
      return element(
        'textarea',
        { ...common, rows: this.#field.minRows ?? 2 },
        value === undefined ? '' : String(value),
      );
    }
    const kind = INPUTS[type] ?? 'text';
    const shown = type === 'DATETIME' ? String(value ?? '').replace(' ', 'T') : value;
    return element('input', { ...common, type: kind, step: type === 'NUMBER' ? 'any' : undefined, value: shown });
  }

  #drawChoices(text, options, value) {
    const type = CHOICES[this.#field.type];
    const chosen = Array.isArray(value) ? value : [value];
    const boxes = options.map((one, index) =>
      element(
        'label',
        { class: 'field-check' },
        element('input', {
          ...this.#common(),
          required: undefined,
          type,
          name: this.#id,
          value: index,
          checked: chosen.includes(one.value) || chosen.includes(index),
        }),
        element('span', {}, one.text),
      ),
    );
    return element('fieldset', { class: 'field' }, element('legend', {}, text, this.#star()), ...boxes);
  }

  #drawTexts(text, values) {
    const rows = element('div', {});
    const add = (value) =>
      rows.append(element('input', { ...this.#common(), type: 'text', 'aria-label': text, value }));
    for (const value of values) add(value);
    const more = button(this.#field.addText ?? '加一項', { class: 'link-button', onclick: () => add('') });
    return element('fieldset', { class: 'field' }, element('legend', {}, text, this.#star()), rows, more);
  }

  #texts() {
    const texts = [...this.node.querySelectorAll('input')].map(({ value }) => value).filter((text) => text !== '');
    return texts.length > 0 ? texts : undefined;
  }

  /** Choices by value for a MULTI_SELECT, by position for lists of boxes. */
  #chosen() {
    const indexes = [...this.node.querySelectorAll('input:checked')].map(({ value }) => Number(value));
    if (this.#field.type === 'MULTI_SELECT') {
      const values = indexes.map((index) => this.#field.options?.[index]?.value);
      return values.length > 0 ? values : undefined;
    }
    if (this.#field.type === 'CHECKBOX_GROUP') return indexes[0];
    return indexes.length > 0 ? indexes : undefined;
  }

  #common() {
    return {
      name: this.#field.name,
      disabled: this.#field.readOnly === true,
      required: this.#field.required === true,
      autocomplete: 'off',
    };
  }

  #star() {
    return this.#field.required
      ? element(
          'span',
          { class: 'required' },
          element('span', { 'aria-hidden': 'true' }, ' *'),
          element('span', { class: 'only-heard' }, '（必填）'),
        )
      : undefined;
  }
}

/** Defaults of choices come as `{index, value}`. */
function plain(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && 'value' in value ? value.value : value;
}
