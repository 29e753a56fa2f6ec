/** Small choices that outlive a reload; a browser that keeps nothing just forgets them. */
export function recall(name) {
  try {
    return localStorage.getItem(`sandbox.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(`sandbox.${name}`, value);
  } catch {
    // Private windows may refuse; the page works without.
  }
}
