/** What happens in the sandbox, told as it happens. */
export class Live extends EventTarget {
  #source;
  #wasLost = false;

  constructor() {
    super();
    this.#source = new EventSource('/live');
    for (const type of ['message', 'card', 'sms', 'mail', 'clock', 'people', 'stream', 'log', 'reset']) {
      this.#source.addEventListener(type, (event) => {
        // Without data it is the connection's own event of that name.
        if (event.data) this.#tell(type, JSON.parse(event.data));
      });
    }
    this.#source.addEventListener('open', () => {
      this.#tell('connection', { open: true });
      // Whatever happened in between has been missed.
      if (this.#wasLost) this.#tell('missed', {});
      this.#wasLost = false;
    });
    this.#source.addEventListener('error', () => {
      this.#wasLost = true;
      this.#tell('connection', { open: false });
    });
  }

  /** @param {string} type as in the feed; also `connection` and `missed` */
  on(type, listener) {
    this.addEventListener(type, (event) => listener(event.detail));
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
